/**
 * Blanks out comments, strings, templates and regular expressions of TypeScript or JavaScript, so that what is left can
 * be searched for declarations without a parser. Every offset and every line stays.
 */

const REGEX_MAY_FOLLOW =
  /(?:^|[([{},;:=!&|?+\-*%~^<>]|=>|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|await|yield))$/;

export function maskSource(source: string): string {
  const out = source.split('');
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) if (out[at] !== '\n' && out[at] !== '\r') out[at] = ' ';
  };
  const before = (at: number) =>
    out
      .slice(Math.max(0, at - 200), at)
      .join('')
      .trimEnd();
  const braces: ('block' | 'template')[] = [];
  let at = 0;
  while (at < source.length) {
    const comment = commentEnd(source, at);
    if (comment !== undefined) blank(at, comment);
    const end = comment ?? tokenEnd(source, at, braces, before);
    /** The last character stays: what follows a string is no regular expression. */
    if (end > at + 1) blank(at, end < source.length ? end - 1 : end);
    at = end;
  }
  return out.join('');
}

function tokenEnd(
  source: string,
  at: number,
  braces: ('block' | 'template')[],
  before: (at: number) => string,
): number {
  const char = source[at];
  if (char === '"' || char === "'") return stringEnd(source, at);
  if (char === '/') return REGEX_MAY_FOLLOW.test(before(at)) ? regexEnd(source, at) : at + 1;
  if (char === '`' || (char === '}' && braces.pop() === 'template')) {
    const end = templateEnd(source, at);
    if (source[end - 1] === '{') braces.push('template');
    return end;
  }
  if (char === '{') braces.push('block');
  return at + 1;
}

function commentEnd(source: string, from: number): number | undefined {
  if (source.startsWith('//', from) || (from === 0 && source.startsWith('#!'))) return lineEnd(source, from);
  return source.startsWith('/*', from) ? after(source, '*/', from + 2) : undefined;
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

function stringEnd(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === source[from] || source[at] === '\n') return at + 1;
  }
  return source.length;
}

function templateEnd(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '`') return at + 1;
    else if (source[at] === '$' && source[at + 1] === '{') return at + 2;
  }
  return source.length;
}

/** A slash that no other closes on its line is a division. */
function regexEnd(source: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < source.length && source[at] !== '\n'; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '[') inClass = true;
    else if (source[at] === ']') inClass = false;
    else if (source[at] === '/' && !inClass) return at + 1;
  }
  return from + 1;
}
