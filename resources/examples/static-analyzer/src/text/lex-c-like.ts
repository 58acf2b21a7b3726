/**
 * Comments, strings, templates and regular expressions of languages that look like C. A quoted string ends with its
 * line at the latest, so one odd apostrophe costs a line and not the rest of the file.
 */
import type { Span } from './span';
import type { StringToken, Tokens } from './token';

export interface Dialect {
  /** Backticks hold templates with `${…}` (JavaScript) or raw text (Go). */
  readonly backtick?: 'template' | 'raw';
  /** A slash may begin a regular expression. */
  readonly patterns?: boolean;
  /** `#` begins a comment. */
  readonly hash?: boolean;
  /** `"""` holds text over several lines. */
  readonly textBlocks?: boolean;
  /** PHP: code stands between tags in a page, strings go on over lines and hold `$name` and `{$…}`. */
  readonly pages?: boolean;
}

/** Templates inside templates beyond this depth are read as text. */
const DEEPEST_TEMPLATE = 40;

export function lexCLike(text: string, dialect: Dialect): Tokens {
  const comments: Span[] = [];
  const strings: StringToken[] = [];
  const patterns: Span[] = [];

  /** Reads code up to the end, or up to the brace that closes the template's hole; returns where it stopped. */
  function readCode(start: number, depth: number): number {
    const interesting = dialect.pages ? /["'/#]|\?>/g : /["'`/#{}]/g;
    interesting.lastIndex = start;
    let braces = 0;
    for (let found = interesting.exec(text); found !== null; found = interesting.exec(text)) {
      const at = found.index;
      if (found[0] === '?>') interesting.lastIndex = nextCode(text, at);
      else if (found[0] === '{') braces++;
      else if (found[0] === '}') {
        if (depth > 0 && braces === 0) return at;
        braces--;
      } else interesting.lastIndex = Math.max(at + 1, readToken(found[0], at, depth));
    }
    return text.length;
  }

  function readToken(mark: string, at: number, depth: number): number {
    if (mark === '/') return readSlash(at);
    if (mark === '#') return dialect.hash && text[at + 1] !== '[' ? readComment(at, '\n') : at + 1;
    if (mark === '`') return readBacktick(at, depth);
    const quote = mark === '"' && dialect.textBlocks && text.startsWith('"""', at) ? '"""' : mark;
    const innerStart = at + quote.length;
    const innerEnd = endOfString(text, innerStart, quote, dialect.pages === true);
    const holes = dialect.pages && mark === '"' ? dollarHoles(text, innerStart, innerEnd) : [];
    return pushString(at, quote, innerStart, innerEnd, '', holes);
  }

  function pushString(at: number, quote: string, innerStart: number, innerEnd: number, prefix: string, holes: Span[]) {
    const end = Math.min(text.length, text.startsWith(quote, innerEnd) ? innerEnd + quote.length : innerEnd);
    strings.push({ start: at, end, innerStart, innerEnd, prefix, quote, holes });
    return end;
  }

  function readSlash(at: number): number {
    if (text[at + 1] === '/') return readComment(at, '\n');
    if (text[at + 1] === '*') return readComment(at, '*/');
    if (!dialect.patterns || !mayBeginPattern(text, at)) return at + 1;
    const end = endOfPattern(text, at);
    if (end === undefined) return at + 1;
    patterns.push({ start: at, end });
    return end;
  }

  function readComment(start: number, close: string): number {
    const found = text.indexOf(close, start + close.length);
    const after = found < 0 ? text.length : close === '\n' ? found : found + close.length;
    const tag = dialect.pages && close === '\n' ? text.slice(start, after).indexOf('?>') : -1;
    const end = tag < 0 ? after : start + tag;
    comments.push({ start, end });
    return end;
  }

  function readBacktick(at: number, depth: number): number {
    if (dialect.backtick === undefined) return at + 1;
    const holes: Span[] = [];
    const stops = /[\\`]|\$\{/g;
    stops.lastIndex = at + 1;
    for (let found = stops.exec(text); found !== null; found = stops.exec(text)) {
      if (found[0] === '`') return pushString(at, '`', at + 1, found.index, tagBefore(text, at), holes);
      if (dialect.backtick === 'raw') continue;
      if (found[0] === '\\') stops.lastIndex = found.index + 2;
      else if (depth < DEEPEST_TEMPLATE) {
        const start = found.index + 2;
        const end = readCode(start, depth + 1);
        holes.push({ start, end });
        stops.lastIndex = end;
      }
    }
    return pushString(at, '`', at + 1, text.length, '', holes);
  }

  readCode(dialect.pages ? nextCode(text, 0) : 0, 0);
  strings.sort((left, right) => left.start - right.start);
  comments.sort((left, right) => left.start - right.start);
  return { comments, strings, patterns };
}

/** Where the next tag of PHP has opened: what stands before it is the page. */
function nextCode(text: string, from: number): number {
  const open = /<\?(?:php|=)/g;
  open.lastIndex = from;
  return open.exec(text) === null ? text.length : open.lastIndex;
}

function endOfString(text: string, from: number, quote: string, overLines: boolean): number {
  const stops = quote.length === 3 ? /\\|"""/g : /[\\\n"']/g;
  stops.lastIndex = from;
  for (let found = stops.exec(text); found !== null; found = stops.exec(text)) {
    if (found[0] === '\\') stops.lastIndex = found.index + 2;
    else if (found[0] === quote || (found[0] === '\n' && !overLines)) return found.index;
  }
  return text.length;
}

/** `$name`, `$name['key']`, `$name->field` and `{$…}` in a PHP string. */
function dollarHoles(text: string, start: number, end: number): Span[] {
  const holes: Span[] = [];
  const hole = /\\.|\{(\$[^}\n]{1,200})\}|\$[A-Za-z_]\w{0,60}(?:\[[^\]\n]{1,60}\]|->\w{1,60})?/g;
  hole.lastIndex = start;
  for (let found = hole.exec(text); found !== null && found.index < end; found = hole.exec(text)) {
    if (found[0].startsWith('\\')) continue;
    const inner = found[1] === undefined ? 0 : 1;
    holes.push({ start: found.index + inner, end: Math.min(end, found.index + found[0].length - inner) });
  }
  return holes;
}

function tagBefore(text: string, at: number): string {
  return /[\w$.]{1,60}$/.exec(text.slice(Math.max(0, at - 60), at))?.[0] ?? '';
}

const BEFORE_PATTERN = /[(,=:[!&|?{};+\-*%~^<>\n]/;
const WORD_BEFORE_PATTERN = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|yield|await)$/;

/** A slash divides after a value and begins a pattern everywhere else. */
function mayBeginPattern(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  if (before < 0 || BEFORE_PATTERN.test(text[before]!)) return true;
  return WORD_BEFORE_PATTERN.test(text.slice(Math.max(0, before - 12), before + 1));
}

function endOfPattern(text: string, at: number): number | undefined {
  let inClass = false;
  for (let position = at + 1; position < text.length; position++) {
    const character = text[position];
    if (character === '\n') return undefined;
    if (character === '\\') position++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) {
      while (/[a-z]/.test(text[position + 1] ?? '')) position++;
      return position + 1;
    }
  }
  return undefined;
}
