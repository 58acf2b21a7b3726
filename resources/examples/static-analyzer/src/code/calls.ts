/** Finds calls and takes their arguments apart. */

import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';

export interface Argument extends Span {
  /** Keyword of the argument, in languages that have them. */
  readonly keyword: string | undefined;
}

export interface Call extends Span {
  /** What is called, as written: `subprocess.run`. */
  readonly callee: string;
  readonly args: readonly Argument[];
}

/**
 * Every call whose callee matches.
 * @param callee a global expression that ends before the opening bracket, such as `/\beval/g`.
 */
export function findCalls(source: SourceText, callee: RegExp): Call[] {
  const calls: Call[] = [];
  const { bare } = source;
  callee.lastIndex = 0;
  for (let found = callee.exec(bare); found !== null; found = callee.exec(bare)) {
    const open = skipBlanks(bare, found.index + found[0].length);
    if (bare[open] !== '(' || isDefinition(bare, found.index)) continue;
    const close = source.closingBracket(open);
    if (close === undefined) continue;
    calls.push({
      callee: found[0].trim(),
      start: found.index,
      end: close + 1,
      args: splitArguments(source, open + 1, Math.min(close, open + LONGEST_ARGUMENTS)),
    });
  }
  return calls;
}

/** The argument with this keyword. */
export const keywordArgument = (call: Call, keyword: string): Argument | undefined =>
  call.args.find((argument) => argument.keyword === keyword);

/** The argument at this position, or with this keyword. */
export function argumentOf(call: Call, position: number, keyword?: string): Argument | undefined {
  const named = keyword === undefined ? undefined : keywordArgument(call, keyword);
  const at = call.args[position];
  return named ?? (at?.keyword === undefined ? at : undefined);
}

/** With what is in the strings, without the comments. */
export const codeText = (source: SourceText, { start, end }: Span): string =>
  source.code.slice(start, Math.min(end, start + LONGEST_ARGUMENTS));

/** Of a longer call only the beginning is looked at: callbacks come last. */
const LONGEST_ARGUMENTS = 4_000;

/** The parts between commas of a bracket's inside. */
function splitArguments(source: SourceText, start: number, end: number): Argument[] {
  const { bare } = source;
  const args: Argument[] = [];
  const stops = /[([{,]/g;
  let from = start;
  stops.lastIndex = start;
  for (let found = stops.exec(bare); found !== null && found.index < end; found = stops.exec(bare)) {
    if (found[0] !== ',') {
      stops.lastIndex = Math.min(end, source.closingBracket(found.index) ?? end);
      continue;
    }
    args.push(...argumentIn(bare, from, found.index));
    from = found.index + 1;
  }
  return [...args, ...argumentIn(bare, from, end)];
}

/** Nothing where there are only blanks. */
function argumentIn(bare: string, from: number, to: number): Argument[] {
  let start = skipBlanks(bare, from);
  let end = to;
  while (end > start && isBlank(bare[end - 1])) end--;
  const keyword = /^([A-Za-z_]\w{0,60})\s{0,8}(?:=(?![=>])|:(?!:))\s{0,200}/.exec(
    bare.slice(start, Math.min(end, start + 300)),
  );
  if (keyword !== null) start += keyword[0].length;
  return start < end ? [{ start, end, keyword: keyword?.[1] }] : [];
}

/** `function name(`, `def name(` and their like name a function rather than call it. */
const isDefinition = (bare: string, start: number): boolean =>
  /\b(?:def|function|func|fun|class)\s{1,4}$/.test(bare.slice(Math.max(0, start - 16), start));

export function skipBlanks(bare: string, from: number): number {
  let position = from;
  while (isBlank(bare[position])) position++;
  return position;
}

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\t' || character === '\r';
