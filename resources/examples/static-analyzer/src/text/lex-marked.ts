/**
 * Comments of languages with a line mark: YAML, shell, .env, TOML. Their values need no quotes, so strings are left
 * as they stand, and a mark counts only at the start of a line or after a blank, outside quotes.
 */
import type { Span } from './span';
import type { Tokens } from './token';

export function lexMarked(text: string, marks: string): Tokens {
  const comments: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak;
    const comment = commentIn(text, start, end, marks);
    if (comment !== undefined) comments.push({ start: comment, end });
    start = end + 1;
  }
  return { comments, strings: [], patterns: [] };
}

function commentIn(text: string, start: number, end: number, marks: string): number | undefined {
  let quote = '';
  for (let position = start; position < end; position++) {
    const character = text[position]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      if (opensValue(text, start, position)) quote = character;
    } else if (marks.includes(character) && (position === start || /\s/.test(text[position - 1]!))) {
      return position;
    }
  }
  return undefined;
}

/** A quote opens a value after a blank or an operator; in `don't` it is an apostrophe. */
const opensValue = (text: string, lineStart: number, position: number): boolean =>
  position === lineStart || /[\s=:([{,]/.test(text[position - 1]!);
