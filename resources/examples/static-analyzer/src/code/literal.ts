/** Expressions whose value stands in the text. */
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';

/** Nothing but literals, operators and brackets. */
export const isLiteral = (source: SourceText, { start, end }: Span): boolean =>
  !/[A-Za-z_$]/.test(withoutLiteralWords(source.bare.slice(start, end)));

function withoutLiteralWords(bare: string): string {
  const parts: string[] = [];
  let position = 0;
  for (let found = nextWord(bare, 0); found !== null; found = nextWord(bare, found.index + found[0].length)) {
    parts.push(bare.slice(position, found.index));
    position = found.index + found[0].length;
  }
  return parts.join('') + bare.slice(position);
}

const LITERAL_WORD =
  /(?<![\w$.])(?:True|False|None|true|false|null|nil|undefined|as const|[rbuRBU]{1,2}(?=["'])|0x[\da-fA-F]+|\d[\d_.eEnLlfF]*)(?![\w$])/g;

function nextWord(bare: string, from: number): RegExpExecArray | null {
  LITERAL_WORD.lastIndex = from;
  return LITERAL_WORD.exec(bare);
}
