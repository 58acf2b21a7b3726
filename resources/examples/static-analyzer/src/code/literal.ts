/** Expressions whose value stands in the text. */
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';

const WORD = /(?<![\w$])[A-Za-z_$][\w$]*/g;
const LITERAL_WORD = /^(?:True|False|None|true|false|null|nil|undefined)$/;
const STRING_PREFIX = /^[rbuf]{1,2}$/i;

/** Nothing but literals, operators and brackets. */
export function isLiteral({ bare }: SourceText, { start, end }: Span): boolean {
  WORD.lastIndex = start;
  for (let found = WORD.exec(bare); found !== null && found.index < end; found = WORD.exec(bare)) {
    const word = found[0];
    const next = bare[found.index + word.length];
    const isPrefix = (next === '"' || next === "'") && STRING_PREFIX.test(word);
    if (!isPrefix && !LITERAL_WORD.test(word)) return false;
  }
  return true;
}
