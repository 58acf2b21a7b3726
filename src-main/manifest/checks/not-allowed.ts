import { closestTo, didYouMean } from '@shared/closest';
import { fromPointer, valueAt } from '../../config';
import { type ContentCheck, fixes, textOf, textsOf } from '../check';
import { replaceValue } from '../edits';

export const notAllowed: ContentCheck = {
  code: 'manifest/not-allowed',
  severity: 'error',
  message: 'A field with a fixed set of values has one of them.',
  find: ({ document, manifest, violations }) =>
    violations
      .filter(({ keyword }) => keyword === 'enum')
      .map(({ pointer, message, params }) => {
        const meant = closestTo(textOf(valueAt(manifest, pointer)) ?? '', textsOf(params.allowedValues));
        const edits = meant === undefined ? [] : replaceValue(document, pointer, meant);
        return {
          message: `"${fromPointer(pointer).join('.')}" ${message}.${didYouMean(meant)}`,
          pointer,
          fixes: fixes({ title: `Use ${meant}`, edits }),
        };
      }),
};
