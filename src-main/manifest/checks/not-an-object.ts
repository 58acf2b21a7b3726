import { show } from '../../config';
import type { TextCheck } from '../check';

export const notAnObject: TextCheck = {
  code: 'manifest/not-an-object',
  severity: 'error',
  message: 'plugin.json holds one JSON object.',
  find({ root, syntaxErrors, value, text }) {
    if (root === undefined || syntaxErrors.length > 0 || value !== undefined) return [];
    return [
      {
        message: `plugin.json must hold an object, not ${root.type === 'array' ? 'a list' : show(JSON.parse(text))}.`,
        span: root,
      },
    ];
  },
};
