/** The part of the STIX pattern language that names indicators: `[url:value = 'x' OR url:value IN ('y', 'z')]`. */

export interface StixComparison {
  /** Without quotes: `file:hashes.SHA-256`. */
  readonly path: string;
  readonly value: string;
}

interface Token {
  readonly kind: 'text' | 'word';
  readonly text: string;
}

/** These say more than a choice of values: what they join says nothing about one value alone. */
const BEYOND = ['AND', 'NOT', 'FOLLOWEDBY', 'LIKE', 'MATCHES', 'ISSUBSET', 'ISSUPERSET', 'EXISTS', '!', '<', '>'];
const BETWEEN = ['[', ']', '(', ')', 'OR'];

/** @returns undefined where the pattern says more than a choice of values. */
export function readStixPattern(pattern: string): StixComparison[] | undefined {
  const tokens = tokenize(pattern);
  const found: StixComparison[] = [];
  let path = '';
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    const word = kind === 'word' ? text.toUpperCase() : '';
    if (BEYOND.includes(word)) return undefined;
    if (word === '=' || word === 'IN') {
      const values = readValues(tokens, at + 1, word === 'IN');
      if (values === undefined || path === '') return undefined;
      for (const value of values.texts) found.push({ path, value });
      at = values.end;
      path = '';
    } else if (!BETWEEN.includes(word)) path += text;
    else if (path !== '') return undefined;
  }
  return path === '' ? found : undefined;
}

/** `end` is the last token of them. */
function readValues(
  tokens: readonly Token[],
  start: number,
  isList: boolean,
): { texts: string[]; end: number } | undefined {
  if (!isList) return tokens[start]?.kind === 'text' ? { texts: [tokens[start]!.text], end: start } : undefined;
  const end = tokens.findIndex(({ kind, text }, at) => at > start && kind === 'word' && text === ')');
  const inside = tokens.slice(start + 1, end).filter(({ kind, text }) => !(kind === 'word' && text === ','));
  if (end === -1 || !inside.every(({ kind }) => kind === 'text')) return undefined;
  return { texts: inside.map(({ text }) => text), end };
}

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at]!;
    if (character === "'") {
      const { text, end } = readQuoted(pattern, at + 1);
      tokens.push({ kind: 'text', text });
      at = end;
    } else if ('[](),=!<>'.includes(character)) {
      tokens.push({ kind: 'word', text: character });
      at++;
    } else if (character.trim() === '') {
      at++;
    } else {
      let end = at;
      while (end < pattern.length && !"[](),=!<>' \t\r\n".includes(pattern[end]!)) end++;
      tokens.push({ kind: 'word', text: pattern.slice(at, end) });
      at = end;
    }
  }
  return tokens;
}

function readQuoted(pattern: string, start: number): { text: string; end: number } {
  let text = '';
  for (let at = start; at < pattern.length; at++) {
    if (pattern[at] === '\\') text += pattern[++at] ?? '';
    else if (pattern[at] === "'") return { text, end: at + 1 };
    else text += pattern[at];
  }
  return { text, end: pattern.length };
}
