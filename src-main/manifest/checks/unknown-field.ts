import { closestTo, didYouMean } from '@shared/closest';
import { CapabilitiesSchema, ManifestSchema } from '@shared/schemas';
import { toPointer } from '../../config';
import { type ContentCheck, type Finding, fixes, isObject, type ManifestSubject } from '../check';
import { replaceSpan } from '../edits';

const MOST_SUGGESTIONS = 50;

export const unknownField: ContentCheck = {
  code: 'manifest/unknown-field',
  severity: 'warning',
  message: 'Fields that the contract does not name are kept, and ignored by the platform.',
  find: (subject) => [
    ...unknownIn(subject, subject.manifest, [], Object.keys(ManifestSchema.properties)),
    ...unknownIn(subject, subject.manifest.capabilities, ['capabilities'], Object.keys(CapabilitiesSchema.properties)),
  ],
};

function unknownIn({ document }: ManifestSubject, value: unknown, path: string[], known: string[]): Finding[] {
  if (!isObject(value)) return [];
  const free = known.filter((candidate) => !Object.hasOwn(value, candidate));
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field, index) => {
      const pointer = toPointer([...path, field]);
      const key = document.keyAt(pointer);
      const meant = index < MOST_SUGGESTIONS ? closestTo(field, free) : undefined;
      return {
        message: `The contract has no field "${[...path, field].join('.')}"; it is kept, and the platform ignores it.${didYouMean(meant)}`,
        pointer,
        span: key,
        fixes: fixes({
          title: `Rename to ${meant}`,
          edits: meant === undefined || key === undefined ? [] : [replaceSpan(key, JSON.stringify(meant))],
        }),
      };
    });
}
