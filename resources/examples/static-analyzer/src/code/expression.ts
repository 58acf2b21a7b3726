/** Tells what an expression is made of, as far as that can be told without running it. */
import { type SourceText, stringsIn } from '../text/source-text';
import { contains, type Span } from '../text/span';
import { isHarmlessCall } from './cleaners';
import type { DataFlow } from './data-flow';
import { isLiteral } from './literal';

/**
 * `fixed`: literals and constants only. `built`: text put together from parts that are not fixed. `other`: a name or
 * a call whose text is not known.
 */
export type Shape = 'fixed' | 'built' | 'other';

/** Names are looked up at most this often: `a = b`, `b = c`, … */
const DEEPEST_LOOKUP = 3;

export function shapeOf(source: SourceText, flow: DataFlow, span: Span, depth = DEEPEST_LOOKUP): Shape {
  const bare = source.bare.slice(span.start, span.end);
  if (isLiteral(source, span) || isHarmless(source, span)) return 'fixed';
  const name = /^\s*(\$?[A-Za-z_$][\w$]*)\s*$/.exec(bare)?.[1];
  if (name !== undefined && depth > 0) {
    const value = flow.valueOf(name, span.start);
    if (value !== undefined && value.start !== span.start) return shapeOf(source, flow, value, depth - 1);
  }
  if (isFixed(source, flow, span, depth)) return 'fixed';
  return isBuilt(source, span) ? 'built' : 'other';
}

const WORD = /(?<![\w$.]|->)\$?[A-Za-z_$][\w$]*/g;
const CONSTANT =
  /^(?:[A-Z][A-Z0-9_]*|__dirname|__filename|__file__|True|False|None|true|false|null|nil|undefined|and|or|not|in|if|else|await|new|f|r|b|u|fr|rf|[fF]|String|str|this\.constructor)$/;
/** Objects whose members are settings of the program or of the machine rather than data. */
const CONSTANT_OWNER = /^(?:process|sys|os|path|settings|config|constants|Path|import)$/;

/** A single call that gives a number or the like. */
function isHarmless(source: SourceText, { start, end }: Span): boolean {
  const bare = source.bare.slice(start, end);
  const callee = /^\s*([\w.]{1,60})\s?\(/.exec(bare);
  if (callee === null || !isHarmlessCall(callee[1]!)) return false;
  return source.closingBracket(start + callee[0].length - 1) === start + bare.trimEnd().length - 1;
}

/** Whether all names in the expression are constants, or were given fixed values. */
function isFixed(source: SourceText, flow: DataFlow, span: Span, depth: number): boolean {
  const bare = source.bare.slice(span.start, span.end);
  const lookups = lookupsIn(source, span);
  const word = new RegExp(WORD);
  for (let found = word.exec(bare); found !== null; found = word.exec(bare)) {
    const at = found.index;
    const isLookedUp = lookups.some((lookup) => contains(lookup, at));
    if (!isLookedUp && !isFixedName(source, flow, span.start + at, found[0], depth)) return false;
  }
  return true;
}

function isFixedName(source: SourceText, flow: DataFlow, position: number, name: string, depth: number): boolean {
  const rest = source.bare.slice(position + name.length, position + name.length + 8);
  if (CONSTANT.test(name) || (CONSTANT_OWNER.test(name) && rest.startsWith('.'))) return true;
  if (depth === 0 || /^\s{0,4}[.([]/.test(rest)) return false;
  const value = flow.valueOf(name, position);
  return value !== undefined && shapeOf(source, flow, value, depth - 1) === 'fixed';
}

/** The brackets after a table of constants: whatever is looked up in it, the answer is one of its entries. */
function lookupsIn(source: SourceText, { start, end }: Span): Span[] {
  const bare = source.bare.slice(start, end);
  const lookups: Span[] = [];
  const lookup = /(?<![\w$.])[A-Z][A-Z0-9_]+(?:\.get\s?\(|\s?\[)/g;
  for (let found = lookup.exec(bare); found !== null; found = lookup.exec(bare)) {
    const open = found.index + found[0].length - 1;
    lookups.push({ start: open, end: (source.closingBracket(start + open) ?? end) - start });
  }
  return lookups;
}

const BUILT = [
  /["'`]\s{0,200}[+%]/,
  /\+\s{0,200}\w{0,2}["'`]/,
  /["'`]\s{0,40}\.\s{0,4}format\s*\(/,
  /\b(?:Sprintf|String\.format|sprintf)\s*\(/,
];
/** PHP joins with a dot. */
const JOINED_WITH_DOT = /["']\s{0,40}\.\s{0,40}[$\w(]|[\w$)\]]\s{0,40}\.\s{0,40}["']/;

/** Text with something put into it: a hole, a plus, a format. */
export function isBuilt(source: SourceText, span: Span): boolean {
  const bare = source.bare.slice(span.start, span.end);
  if (!/["'`]/.test(bare)) return false;
  if (source.language === 'php' && JOINED_WITH_DOT.test(bare)) return true;
  return stringsIn(source, span).some(({ holes }) => holes.length > 0) || BUILT.some((form) => form.test(bare));
}
