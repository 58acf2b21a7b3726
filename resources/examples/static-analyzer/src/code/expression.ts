/** Tells what an expression is made of, as far as that can be told without running it. */
import { type SourceText, stringsIn, stringText } from '../text/source-text';
import { contains, type Span } from '../text/span';
import { isCleanedBy, type SinkKind } from './cleaners';
import type { DataFlow } from './data-flow';
import { isLiteral } from './literal';

/**
 * `fixed`: literals and constants only. `built`: text put together from parts that are not fixed. `other`: a name or
 * a call whose text is not known.
 */
export type Shape = 'fixed' | 'built' | 'other';

/** Names are looked up at most this often: `a = b`, `b = c`, … */
const DEEPEST_LOOKUP = 3;

interface Place {
  readonly source: SourceText;
  readonly flow: DataFlow;
}

/** @param kind what the expression is used for: text that was cleaned for it counts as fixed. */
export function shapeOf(place: Place, span: Span, kind: SinkKind, depth = DEEPEST_LOOKUP): Shape {
  const { source, flow } = place;
  if (isLiteral(source, span)) return 'fixed';
  const name = /^\s*(\$?[A-Za-z_$][\w$]*)\s*$/.exec(source.bare.slice(span.start, span.end))?.[1];
  if (name !== undefined && depth > 0) {
    const value = flow.valueOf(name, span.start);
    if (value !== undefined && value.start !== span.start) return shapeOf(place, value, kind, depth - 1);
  }
  if (isFixed(place, span, kind, depth)) return 'fixed';
  return isBuilt(source, span) ? 'built' : 'other';
}

const WORD = /(?<![\w$.]|->)\$?[A-Za-z_$][\w$]*/g;
const CONSTANT =
  /^(?:[A-Z][A-Z0-9_]*|__dirname|__filename|__file__|True|False|None|true|false|null|nil|undefined|and|or|not|in|if|else|await|new|f|r|b|u|fr|rf|[fF]|String|str|this\.constructor)$/;
/** Objects whose members are settings of the program or of the machine rather than data. */
const CONSTANT_OWNER = /^(?:process|sys|os|path|settings|config|constants|Path|import)$/;

/** Whether all names in the expression are constants, were given fixed values, or are cleaned. */
function isFixed(place: Place, span: Span, kind: SinkKind, depth: number): boolean {
  const bare = place.source.bare.slice(span.start, span.end);
  const safe = safeSpansIn(place.source, span, kind);
  const word = new RegExp(WORD);
  for (let found = word.exec(bare); found !== null; found = word.exec(bare)) {
    const position = span.start + found.index;
    const isSafe = safe.some((each) => contains(each, position)) || isFixedName(place, position, found[0], kind, depth);
    if (!isSafe) return false;
  }
  return true;
}

function isFixedName(place: Place, position: number, name: string, kind: SinkKind, depth: number): boolean {
  const rest = place.source.bare.slice(position + name.length, position + name.length + 8);
  if (CONSTANT.test(name) || (CONSTANT_OWNER.test(name) && rest.startsWith('.'))) return true;
  if (depth === 0 || /^\s{0,4}[.([]/.test(rest)) return false;
  const value = place.flow.valueOf(name, position);
  return value !== undefined && shapeOf(place, value, kind, depth - 1) === 'fixed';
}

/** Calls that clean what goes in, and look-ups in a table of constants: the answer is one of its entries. */
function safeSpansIn(source: SourceText, { start, end }: Span, kind: SinkKind): Span[] {
  const bare = source.bare.slice(start, end);
  const spans: Span[] = [];
  const opening = /(?<![\w$.])([A-Za-z_$][\w$.]{0,80})\s?([([])/g;
  for (let found = opening.exec(bare); found !== null; found = opening.exec(bare)) {
    const [whole, owner, bracket] = found;
    const isTable = /^[A-Z][A-Z0-9_]+(?:\.get)?$/.test(owner!);
    if (!isTable && (bracket === '[' || !isCleanedBy(owner!, kind))) continue;
    const close = source.closingBracket(start + found.index + whole.length - 1) ?? end;
    spans.push({ start: start + found.index, end: close });
  }
  return spans;
}

const JOINED = [/["'`]\s{0,200}\+/, /\+\s{0,200}\w{0,2}["'`]/, /["'`]\s{0,40}\.\s{0,4}format\s*\(/];
const FORMATTED = /["']\s{0,200}%|\b(?:Sprintf|String\.format|sprintf)\s*\(/;
/** PHP joins with a dot. */
const JOINED_WITH_DOT = /["']\s{0,40}\.\s{0,40}[$\w(]|[\w$)\]]\s{0,40}\.\s{0,40}["']/;

/** `%d` puts nothing but digits into a text. */
const TEXT_SPECIFIER = /%(?:\(\w{1,60}\))?[-+ #0-9.*]{0,10}[sravq]/;

/** Text with something put into it: a hole, a plus, a format. */
export function isBuilt(source: SourceText, span: Span): boolean {
  const bare = source.bare.slice(span.start, span.end);
  if (!/["'`]/.test(bare)) return false;
  if (source.language === 'php' && JOINED_WITH_DOT.test(bare)) return true;
  const strings = stringsIn(source, span);
  if (strings.some(({ holes }) => holes.length > 0) || JOINED.some((form) => form.test(bare))) return true;
  return FORMATTED.test(bare) && strings.some((token) => TEXT_SPECIFIER.test(stringText(source, token)));
}
