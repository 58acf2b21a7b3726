import { validRange } from 'semver';
import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

export const sdkVersion: ContentCheck = {
  code: 'manifest/sdk-version',
  severity: 'error',
  message: 'sdk_version is a SemVer range.',
  find({ document, manifest }) {
    const given = textOf(manifest.sdk_version);
    if (given === undefined || (given.trim() !== '' && validRange(given) !== null)) return [];
    const meant =
      given.trim() === ''
        ? '>=1.0.0'
        : given
            .replace(/\s*,\s*/g, ' ')
            .replace(/==+/g, '=')
            .trim();
    const edits = validRange(meant) === null ? [] : replaceValue(document, '/sdk_version', meant);
    return [
      {
        message: `"${given}" is no SemVer range. Use one such as ">=1.0.0" or ">=1.2.0 <2.0.0".`,
        pointer: '/sdk_version',
        fixes: fixes({ title: `Use ${meant}`, edits }),
      },
    ];
  },
};
