/**
 * Where functions begin and end, what they are called and what they take: the scopes of the data flow. Python's are
 * told by indentation, all others by braces.
 */
import type { SourceText } from '../text/source-text';
import { contains, type Span } from '../text/span';

export interface FunctionSpan extends Span {
  readonly name: string;
  /** Inside of the brackets after the name. */
  readonly parameters: Span;
  /** Where the head begins: decorators and annotations of Python stand above it. */
  readonly headStart: number;
}

export interface Functions {
  /** In order of their beginning: an inner function stands after the one around it. */
  readonly all: readonly FunctionSpan[];
  /** The innermost function that holds the position. */
  at(position: number): FunctionSpan | undefined;
}

export function findFunctions(source: SourceText): Functions {
  const all = source.language === 'python' ? pythonFunctions(source) : braceFunctions(source.bare);
  all.sort((left, right) => left.start - right.start);
  const parents = parentsOf(all);
  return {
    all,
    at(position) {
      let index = lastStartingAt(all, position);
      while (index >= 0 && !contains(all[index]!, position)) index = parents[index]!;
      return all[index];
    },
  };
}

/** For each function the index of the one around it, or -1. */
function parentsOf(functions: readonly FunctionSpan[]): number[] {
  const open: number[] = [];
  return functions.map(({ start }, index) => {
    while (open.length > 0 && functions[open[open.length - 1]!]!.end <= start) open.pop();
    const parent = open[open.length - 1] ?? -1;
    open.push(index);
    return parent;
  });
}

function lastStartingAt(functions: readonly FunctionSpan[], position: number): number {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (functions[middle]!.start <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function pythonFunctions({ bare, closingBracket }: SourceText): FunctionSpan[] {
  const functions: FunctionSpan[] = [];
  const open: { indent: number; head: Omit<FunctionSpan, 'end'> }[] = [];
  const close = (indent: number, end: number) => {
    while (open.length > 0 && open[open.length - 1]!.indent >= indent) functions.push({ ...open.pop()!.head, end });
  };
  const line = /^([ \t]*)(?:(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(|[A-Za-z_@])/gm;
  let headLines = 0;
  for (let found = line.exec(bare); found !== null; found = line.exec(bare)) {
    if (found.index < headLines) continue;
    const indent = found[1]!.length;
    close(indent, found.index);
    if (found[2] === undefined) continue;
    const bracket = found.index + found[0].length - 1;
    const end = closingBracket(bracket) ?? bracket;
    headLines = end;
    const parameters = { start: bracket + 1, end };
    open.push({ indent, head: { name: found[2], start: end, parameters, headStart: found.index } });
  }
  close(0, bare.length);
  return functions;
}

const CONTROL = /(?:^|[^\w$])(?:if|for|while|switch|catch|with|foreach|elseif|synchronized|using|lock)\s{0,4}$/;

function braceFunctions(bare: string): FunctionSpan[] {
  const functions: FunctionSpan[] = [];
  const open: { at: number; head: Omit<FunctionSpan, 'end'> | undefined }[] = [];
  const braces = /[{}]/g;
  for (let found = braces.exec(bare); found !== null; found = braces.exec(bare)) {
    if (found[0] === '{') {
      open.push({ at: found.index, head: headBefore(bare, found.index) });
      continue;
    }
    const head = open.pop()?.head;
    if (head !== undefined) functions.push({ ...head, end: found.index });
  }
  for (const { head } of open) if (head !== undefined) functions.push({ ...head, end: bare.length });
  return functions;
}

/** The head of the function that this brace opens, where it opens one. */
function headBefore(bare: string, brace: number): Omit<FunctionSpan, 'end'> | undefined {
  const before = bare.slice(Math.max(0, brace - 160), brace).trimEnd();
  const lone = before.endsWith('=>') ? loneParameter(bare, brace) : undefined;
  if (lone !== undefined) return { name: '', start: brace, parameters: lone, headStart: lone.start };
  if (!/(?:=>|\)(?:\s{0,4}[:\w<>[\]|&?,.*() \t]{0,120})?)$/.test(before.slice(before.lastIndexOf(')'))))
    return undefined;
  const close = bare.lastIndexOf(')', brace);
  if (close < brace - 160) return undefined;
  const bracket = openingBracket(bare, close);
  if (bracket === undefined) return undefined;
  const name = bare.slice(Math.max(0, bracket - 80), bracket);
  if (CONTROL.test(name)) return undefined;
  return {
    name: /([\w$]{1,80})\s{0,4}(?:=\s{0,4}(?:async\s{0,4})?|:\s{0,4}(?:async\s{0,4})?)?$/.exec(name)?.[1] ?? '',
    start: brace,
    parameters: { start: bracket + 1, end: close },
    headStart: bracket,
  };
}

/** `name => {` has a parameter without brackets. */
function loneParameter(bare: string, brace: number): Span | undefined {
  const arrow = bare.lastIndexOf('=>', brace);
  const found = /([\w$]+)\s*$/.exec(bare.slice(Math.max(0, arrow - 40), arrow));
  if (found === null) return undefined;
  const start = Math.max(0, arrow - 40) + found.index;
  return { start, end: start + found[1]!.length };
}

function openingBracket(bare: string, close: number): number | undefined {
  let depth = 0;
  for (let position = close; position >= Math.max(0, close - 2_000); position--) {
    const character = bare[position];
    if (character === ')') depth++;
    else if (character === '(' && --depth === 0) return position;
  }
  return undefined;
}
