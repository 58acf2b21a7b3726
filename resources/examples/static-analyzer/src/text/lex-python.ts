/** Comments and strings of Python. An unfinished string ends with its line, an unfinished docstring with the text. */
import type { Span } from './span';
import type { StringToken, Tokens } from './token';

export function lexPython(text: string): Tokens {
  const comments: Span[] = [];
  const strings: StringToken[] = [];
  const interesting = /["'#]/g;
  for (let found = interesting.exec(text); found !== null; found = interesting.exec(text)) {
    const start = found.index;
    if (found[0] === '#') {
      const end = endOfLine(text, start);
      comments.push({ start, end });
      interesting.lastIndex = end;
    } else {
      const token = readString(text, start, found[0]);
      strings.push(token);
      interesting.lastIndex = token.end;
    }
  }
  return { comments, strings, patterns: [] };
}

function readString(text: string, quoteAt: number, mark: string): StringToken {
  const prefix = prefixBefore(text, quoteAt);
  const quote = text.startsWith(mark.repeat(3), quoteAt) ? mark.repeat(3) : mark;
  const innerStart = quoteAt + quote.length;
  const innerEnd = endOfString(text, innerStart, quote);
  return {
    start: quoteAt - prefix.length,
    end: Math.min(text.length, text.startsWith(quote, innerEnd) ? innerEnd + quote.length : innerEnd),
    innerStart,
    innerEnd,
    prefix,
    quote,
    holes: /f/i.test(prefix) ? holesOf(text, innerStart, innerEnd) : [],
  };
}

function prefixBefore(text: string, quoteAt: number): string {
  let start = quoteAt;
  while (start > 0 && quoteAt - start < 2 && /[rbuf]/i.test(text[start - 1]!)) start--;
  return start > 0 && /\w/.test(text[start - 1]!) ? '' : text.slice(start, quoteAt);
}

function endOfString(text: string, from: number, quote: string): number {
  const stops = quote.length === 3 ? /\\|"""|'''/g : /[\\\n"']/g;
  stops.lastIndex = from;
  for (let found = stops.exec(text); found !== null; found = stops.exec(text)) {
    if (found[0] === '\\') stops.lastIndex = found.index + 2;
    else if (found[0] === quote || found[0] === '\n') return found.index;
  }
  return text.length;
}

/** The expressions of an f-string; `{{` is a brace. */
function holesOf(text: string, start: number, end: number): Span[] {
  const holes: Span[] = [];
  let depth = 0;
  let hole = start;
  for (let position = start; position < end; position++) {
    const character = text[position];
    if (character === '{') {
      if (depth === 0 && text[position + 1] === '{') position++;
      else if (depth++ === 0) hole = position + 1;
    } else if (character === '}' && depth > 0 && --depth === 0) {
      holes.push({ start: hole, end: position });
    }
  }
  return holes;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
