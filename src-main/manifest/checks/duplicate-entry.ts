import { toPointer, valueAt } from '../../config';
import { type ContentCheck, fixes } from '../check';
import { removeItem } from '../edits';

const LISTS = [
  ['capabilities', 'event_types'],
  ['capabilities', 'supported_formats'],
  ['capabilities', 'required_permissions'],
  ['dependencies'],
  ['tags'],
];

export const duplicateEntry: ContentCheck = {
  code: 'manifest/duplicate-entry',
  severity: 'warning',
  message: 'A list names nothing twice.',
  find: ({ document, manifest }) =>
    LISTS.flatMap((path) => {
      const list = valueAt(manifest, toPointer(path));
      if (!Array.isArray(list)) return [];
      const first = new Map<unknown, number>();
      return list.flatMap((item: unknown, index) => {
        if (typeof item !== 'string') return [];
        if (!first.has(item)) {
          first.set(item, index);
          return [];
        }
        return [
          {
            message: `"${item}" is in ${path.join('.')} already. Remove it here.`,
            pointer: toPointer([...path, index]),
            fixes: fixes({ title: `Remove this "${item}"`, edits: removeItem(document, path, index) }),
          },
        ];
      });
    }),
};
