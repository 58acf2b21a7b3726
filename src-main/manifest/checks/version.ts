import { clean, coerce, valid } from 'semver';
import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

/** semver forgives a leading v and spaces; the platform does not. */
const isSemVer = (text: string) => /^\d\S*$/.test(text) && valid(text) !== null;

export const version: ContentCheck = {
  code: 'manifest/version',
  severity: 'error',
  message: 'The version is a SemVer version.',
  find({ document, manifest }) {
    const given = textOf(manifest.version);
    if (given === undefined || isSemVer(given)) return [];
    const plain = given.slice(0, 100).replace(/\b0+(?=\d)/g, '');
    const meant = clean(plain) ?? coerce(plain, { includePrerelease: true })?.version;
    return [
      {
        message: `"${given}" is no SemVer version. Use three numbers, such as 1.2.0, with -beta.1 for a pre-release.`,
        pointer: '/version',
        fixes: fixes({
          title: `Use ${meant}`,
          edits: meant === undefined ? [] : replaceValue(document, '/version', meant),
        }),
      },
    ];
  },
};
