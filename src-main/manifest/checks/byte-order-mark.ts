import { fixes, type TextCheck } from '../check';
import { replaceSpan } from '../edits';

const MARK = { offset: 0, length: 1 };

export const byteOrderMark: TextCheck = {
  code: 'manifest/byte-order-mark',
  severity: 'error',
  message: 'plugin.json is UTF-8 without a byte order mark: the platform does not read it with one.',
  find: ({ text }) =>
    text.startsWith('\uFEFF')
      ? [
          {
            message: 'plugin.json begins with a byte order mark, which the platform does not read. Remove it.',
            span: MARK,
            fixes: fixes({ title: 'Remove the byte order mark', edits: [replaceSpan(MARK, '')] }),
          },
        ]
      : [],
};
