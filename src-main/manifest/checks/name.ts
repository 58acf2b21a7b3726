import { PLUGIN_NAME_PATTERN } from '@shared/schemas';
import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

const NAME = new RegExp(PLUGIN_NAME_PATTERN);

/** The closest name that the platform accepts, if any letter or digit is left. */
export function slugOf(text: string): string | undefined {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? undefined : slug;
}

export const name: ContentCheck = {
  code: 'manifest/name',
  severity: 'error',
  message: 'The name is made of lower-case letters, digits and hyphens.',
  find({ document, manifest }) {
    const given = textOf(manifest.name);
    if (given === undefined || NAME.test(given)) return [];
    const slug = slugOf(given);
    return [
      {
        message: `"${given}" is no plugin name: use lower-case letters and digits, with single hyphens between them.`,
        pointer: '/name',
        fixes: fixes({ title: `Use ${slug}`, edits: slug === undefined ? [] : replaceValue(document, '/name', slug) }),
      },
    ];
  },
};
