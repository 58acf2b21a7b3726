import type { ContentCheck } from '../check';

export const unsureClass: ContentCheck = {
  code: 'manifest/unsure-class',
  severity: 'warning',
  message: "The entry point's class can be seen in its module.",
  find({ entry: lookup }) {
    if (lookup.kind !== 'found' || lookup.search.kind !== 'unsure') return [];
    const { file, className } = lookup.entry;
    return [
      {
        message: `Whether ${file} exports the class ${className} cannot be seen: ${lookup.search.why}. Starting the plugin will tell.`,
        pointer: '/entry_point',
      },
    ];
  },
};
