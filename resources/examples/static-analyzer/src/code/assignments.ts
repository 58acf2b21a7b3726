/** Finds where names get their values. A name on the left, and the span of the expression on the right. */

import { closes, opens } from '../text/brackets';
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';

export interface Assignment {
  readonly names: readonly string[];
  /** Where the name stands. */
  readonly start: number;
  readonly value: Span;
  /** `+=` keeps what was there. */
  readonly adds: boolean;
}

const LONGEST_VALUE = 4_000;

const PYTHON =
  /^[ \t]*(?:(?:async[ \t]+)?with[ \t]+[^\n]{1,200}?[ \t]as[ \t]+(\w+)[ \t]*:|for[ \t]+([\w, ()]{1,100}?)[ \t]+in[ \t]+|(\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*(?::[^=\n]{1,80})?(\+?=)(?!=))/gm;
const BRACES =
  /(?<![\w$.>"'`])(\$?[A-Za-z_$][\w$]{0,80}(?:\s{0,2},\s{0,2}[A-Za-z_]\w{0,60}){0,3}|\{[^{}=;]{1,300}\}|\[[^[\]=;]{1,200}\])\s{0,4}(?::[ ][^=;(){}\n]{1,80})?(?::|\+|\.)?=(?![=>])/g;

/** A function as a value holds no input: what happens in it happens when it is called. */
const FUNCTION_VALUE =
  /^\s{0,20}(?:async\s{0,4})?(?:function\b|\([^()]{0,300}\)\s{0,4}(?::[^=\n]{0,80})?=>|[\w$]{1,60}\s{0,4}=>)/;

/** In order. */
export function findAssignments(source: SourceText): Assignment[] {
  return source.language === 'python' ? pythonAssignments(source.bare) : braceAssignments(source.bare);
}

function pythonAssignments(bare: string): Assignment[] {
  const found: Assignment[] = [];
  for (let match = nextMatch(PYTHON, bare, 0); match !== null; match = PYTHON.exec(bare)) {
    const [whole, , looped, assigned, operator] = match;
    const names = namesIn(looped ?? assigned ?? '');
    if (names.length === 0) continue;
    const start = match.index + whole.length;
    found.push({
      names,
      start: match.index,
      value: { start, end: endOfValue(bare, start, true) },
      adds: operator === '+=',
    });
  }
  return found;
}

function braceAssignments(bare: string): Assignment[] {
  const found: Assignment[] = [];
  for (let match = nextMatch(BRACES, bare, 0); match !== null; match = BRACES.exec(bare)) {
    const [whole, target] = match;
    const start = match.index + whole.length;
    const names = namesIn(target!);
    const adds = /[+.]=$/.test(whole);
    if (FUNCTION_VALUE.test(bare.slice(start, start + 400))) continue;
    if (names.length > 0)
      found.push({ names, start: match.index, value: { start, end: endOfValue(bare, start, false) }, adds });
  }
  return found;
}

function nextMatch(expression: RegExp, text: string, from: number): RegExpExecArray | null {
  expression.lastIndex = from;
  return expression.exec(text);
}

/** Names that a target binds: `{ id, name: alias }` binds `id` and `alias`. */
export function namesIn(target: string): string[] {
  const names: string[] = [];
  const name = /\$?[A-Za-z_$][\w$]*(?!\s*:)/g;
  for (let match = name.exec(target); match !== null; match = name.exec(target)) {
    if (!/^\w/.test(target.slice(match.index + match[0].length))) names.push(match[0]);
  }
  return names;
}

/** Where the expression that begins at `start` ends: with its line, unless a bracket or an operator carries on. */
export function endOfValue(bare: string, start: number, python: boolean): number {
  const limit = Math.min(bare.length, start + LONGEST_VALUE);
  const stops = /[([{)\]};,\n]/g;
  stops.lastIndex = start;
  let depth = 0;
  for (let found = stops.exec(bare); found !== null && found.index < limit; found = stops.exec(bare)) {
    const stop = found[0];
    if (opens(stop)) depth++;
    else if (closes(stop) && --depth < 0) return found.index;
    else if (depth > 0) continue;
    else if (stop === ';' || (stop === ',' && !python)) return found.index;
    else if (stop === '\n' && !carriesOn(bare, start, found.index, python)) return found.index;
  }
  return limit;
}

const UNFINISHED = /(?:[=+\-*/%&|?:,.(<>]|\b(?:and|or|not|in|await|new))\s*$/;

function carriesOn(bare: string, start: number, lineBreak: number, python: boolean): boolean {
  const before = bare.slice(Math.max(start, lineBreak - 60), lineBreak);
  if (python) return before.trimEnd().endsWith('\\');
  if (before.trim() === '' || UNFINISHED.test(before)) return true;
  return /^\s{0,200}(?:[.+?:&|*%]|-(?!-))/.test(bare.slice(lineBreak, lineBreak + 240));
}
