import { fromPointer, valueAt } from '../../config';
import { type ContentCheck, fixes } from '../check';
import { replaceValue } from '../edits';

export const outOfRange: ContentCheck = {
  code: 'manifest/out-of-range',
  severity: 'error',
  message: 'A number is within the limits of the contract.',
  find: ({ document, manifest, violations }) =>
    violations
      .filter(({ keyword }) => keyword === 'minimum' || keyword === 'maximum')
      .map(({ pointer, message, params }) => ({
        message: `"${fromPointer(pointer).join('.')}" ${message}.`,
        pointer,
        fixes: fixes({
          title: `Use ${params.limit} instead of ${valueAt(manifest, pointer)}`,
          edits: replaceValue(document, pointer, params.limit),
        }),
      })),
};
