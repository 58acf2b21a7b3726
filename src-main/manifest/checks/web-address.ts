import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

const FIELDS = ['documentation_url', 'source_url'] as const;

export const webAddress: ContentCheck = {
  code: 'manifest/web-address',
  severity: 'warning',
  message: 'documentation_url and source_url are addresses on the web.',
  find: ({ document, manifest }) =>
    FIELDS.flatMap((field) => {
      const given = textOf(manifest[field]);
      if (given === undefined || isWebAddress(given)) return [];
      const completed = `https://${given}`;
      const edits = /^[\w-]+\.[\w.-]+(?:\/|$)/.test(given) && isWebAddress(completed);
      return [
        {
          message: `"${given}" is no address on the web. Use one that begins with https://, or null.`,
          pointer: `/${field}`,
          fixes: fixes({
            title: `Use ${completed}`,
            edits: edits ? replaceValue(document, `/${field}`, completed) : [],
          }),
        },
      ];
    }),
};

function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
