/** A stretch of text by its offsets: `end` is after the last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const contains = (outer: Span, position: number): boolean => outer.start <= position && position < outer.end;

/**
 * The text with the given spans blank. Line breaks stay and nothing moves, so offsets and lines mean the same in
 * both texts.
 * @param spans In order and apart from each other.
 */
export function blank(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(position, start), blankOf(text, start, end));
    position = end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

function blankOf(text: string, start: number, end: number): string {
  const parts: string[] = [];
  let position = start;
  for (;;) {
    const lineBreak = text.indexOf('\n', position);
    if (lineBreak < 0 || lineBreak >= end) break;
    parts.push(' '.repeat(lineBreak - position), '\n');
    position = lineBreak + 1;
  }
  parts.push(' '.repeat(end - position));
  return parts.join('');
}
