/** For rules that a pattern describes well enough: finds the pattern in code, never inside a string or a comment. */
import type { Language } from '../text/language';
import { stringAt } from '../text/source-text';
import type { Match, SourceTarget } from './rule';

export interface Pattern {
  readonly languages: readonly Language[];
  /** Global, and without unbounded repetition of a group. May read into strings, must begin outside of one. */
  readonly expression: RegExp;
  /** What is special about this pattern's matches; undefined drops the match. */
  readonly refine?: (found: RegExpExecArray, target: SourceTarget) => Omit<Match, 'start' | 'end'> | undefined;
}

export function findPatterns(target: SourceTarget, patterns: readonly Pattern[]): Match[] {
  const matches: Match[] = [];
  for (const pattern of patterns) {
    if (pattern.languages.includes(target.source.language)) matches.push(...matchesOf(target, pattern));
  }
  return matches;
}

function matchesOf(target: SourceTarget, { expression, refine }: Pattern): Match[] {
  const matches: Match[] = [];
  const { code } = target.source;
  expression.lastIndex = 0;
  for (let found = expression.exec(code); found !== null; found = expression.exec(code)) {
    if (found[0] === '') expression.lastIndex++;
    if (beginsInString(target, found.index)) continue;
    const special = refine === undefined ? {} : refine(found, target);
    if (special !== undefined) matches.push({ start: found.index, end: found.index + found[0].length, ...special });
  }
  return matches;
}

/** In JSON everything is a string, and a key is where a match begins. */
function beginsInString({ source }: SourceTarget, position: number): boolean {
  if (source.language === 'json') return false;
  const token = stringAt(source, position);
  return (
    token !== undefined &&
    token.start < position &&
    !token.holes.some(({ start, end }) => start <= position && position < end)
  );
}
