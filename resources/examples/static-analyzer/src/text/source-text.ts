/**
 * A text to scan, in the three views that rules need. All have the same length and the same lines, so an offset in
 * one is an offset in each.
 */
import { matchBrackets } from './brackets';
import { baseName, type Language, languageOf } from './language';
import { lex } from './lex';
import { blank, contains, type Span } from './span';
import type { StringToken, Tokens } from './token';

export interface SourceText {
  readonly filename: string;
  readonly language: Language;
  readonly content: string;
  /** Comments are blank. */
  readonly code: string;
  /** Comments, patterns and the insides of strings are blank; quotes and code inside strings stay. */
  readonly bare: string;
  readonly tokens: Tokens;
  /** From 1. */
  lineOf(position: number): number;
  /** From 1. */
  columnOf(position: number): number;
  /** Of an opening bracket in `bare`; undefined where nothing closes it. */
  closingBracket(open: number): number | undefined;
  /** The span of a line, without its break. */
  lineSpan(line: number): Span;
}

/** @param unread Parts to leave out, such as lines too long to be written by hand. */
export function createSourceText(filename: string, content: string, unread: readonly Span[] = []): SourceText {
  const language = languageOf(filename, content);
  const readable = blank(content, unread);
  const tokens = lex(readable, language);
  const code = blank(readable, tokens.comments);
  const starts = lineStarts(content);
  const lineOf = (position: number) => lineIndex(starts, position) + 1;
  const bare = blank(code, hiddenIn(tokens));
  let brackets: ReturnType<typeof matchBrackets> | undefined;
  return {
    filename,
    language,
    content,
    code,
    bare,
    tokens,
    closingBracket(open) {
      brackets ??= matchBrackets(bare);
      return brackets(open);
    },
    lineOf,
    columnOf: (position) => position - starts[lineOf(position) - 1]! + 1,
    lineSpan: (line) => ({ start: starts[line - 1]!, end: (starts[line] ?? content.length + 1) - 1 }),
  };
}

/** The text of the line that holds the position, trimmed. */
export function lineText(source: SourceText, position: number): string {
  const { start, end } = source.lineSpan(source.lineOf(position));
  return source.content.slice(start, end).trim();
}

/** What is between the quotes. */
export const stringText = (source: SourceText, token: StringToken): string =>
  source.content.slice(token.innerStart, token.innerEnd);

/** The innermost string that holds the position, where one does. */
export function stringAt(source: SourceText, position: number): StringToken | undefined {
  const { strings } = source.tokens;
  const after = firstStringFrom(strings, position + 1);
  for (let index = after - 1; index >= Math.max(0, after - MOST_STRINGS_IN_TEMPLATE); index--) {
    if (contains(strings[index]!, position)) return strings[index];
  }
  return undefined;
}

/** The strings that lie in the span, in order. */
export function stringsIn({ tokens: { strings } }: SourceText, span: Span): StringToken[] {
  const found: StringToken[] = [];
  for (let index = firstStringFrom(strings, span.start); index < strings.length; index++) {
    const token = strings[index]!;
    if (token.start >= span.end) break;
    if (token.end <= span.end) found.push(token);
  }
  return found;
}

function firstStringFrom(strings: readonly StringToken[], position: number): number {
  let low = 0;
  let high = strings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (strings[middle]!.start < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far back a template may begin whose holes hold strings of their own. */
const MOST_STRINGS_IN_TEMPLATE = 20;

const TEST_PATH =
  /(?:^|[/\\])(?:tests?|__tests__|spec|fixtures?|testdata|mocks?)[/\\]|[._-](?:test|spec)\.\w{1,5}$|^test_/i;

/** Whether the name says that this is a test or a fixture, where weaknesses are often on purpose. */
export const isTestFile = ({ filename }: SourceText): boolean =>
  TEST_PATH.test(filename) || /^test_/.test(baseName(filename));

/** The insides of strings without their holes, and patterns; in order. */
function hiddenIn({ strings, patterns }: Tokens): Span[] {
  const hidden: Span[] = [...patterns];
  for (const { innerStart, innerEnd, holes } of strings) {
    let position = innerStart;
    for (const hole of holes) {
      if (hole.start > position) hidden.push({ start: position, end: hole.start });
      position = hole.end;
    }
    if (innerEnd > position) hidden.push({ start: position, end: innerEnd });
  }
  return hidden.sort((left, right) => left.start - right.start);
}

function lineStarts(content: string): number[] {
  const starts = [0];
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineIndex(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
