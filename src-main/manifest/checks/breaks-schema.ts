import { fromPointer } from '../../config';
import type { ContentCheck } from '../check';

/** The rules that have a check of their own, with better words and fixes. */
const TOLD_ELSEWHERE = new Set(['required', 'type', 'anyOf', 'enum', 'minimum', 'maximum']);
const FIELDS_TOLD_ELSEWHERE = new Set(['/name', '/version', '/entry_point']);

export const breaksSchema: ContentCheck = {
  code: 'manifest/breaks-schema',
  severity: 'error',
  message: 'The manifest fits the JSON Schema of the contract.',
  find: ({ violations }) =>
    violations
      .filter(({ keyword, pointer }) => !TOLD_ELSEWHERE.has(keyword) && !FIELDS_TOLD_ELSEWHERE.has(pointer))
      .map(({ pointer, message }) => ({ message: `"${fromPointer(pointer).join('.')}" ${message}.`, pointer })),
};
