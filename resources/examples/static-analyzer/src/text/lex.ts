/** Chooses the lexer of a language. */
import type { Language } from './language';
import { type Dialect, lexCLike } from './lex-c-like';
import { lexMarked } from './lex-marked';
import { lexPython } from './lex-python';
import { NO_TOKENS, type Tokens } from './token';

const DIALECTS: Readonly<Partial<Record<Language, Dialect>>> = {
  javascript: { backtick: 'template', patterns: true },
  java: { textBlocks: true },
  go: { backtick: 'raw' },
  c: {},
  csharp: { textBlocks: true },
  json: {},
};

const COMMENT_MARKS: Readonly<Partial<Record<Language, string>>> = {
  yaml: '#',
  shell: '#',
  env: '#;',
  dockerfile: '#',
};

export function lex(text: string, language: Language): Tokens {
  if (language === 'python') return lexPython(text);
  if (language === 'php') return lexPhp(text);
  const dialect = DIALECTS[language];
  if (dialect !== undefined) return lexCLike(text, dialect);
  const marks = COMMENT_MARKS[language];
  return marks === undefined ? NO_TOKENS : lexMarked(text, marks);
}

/** PHP is code between its tags only; what surrounds them is the page. */
function lexPhp(text: string): Tokens {
  const parts: Tokens[] = [];
  const open = /<\?(?:php|=)/g;
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    const close = text.indexOf('?>', found.index);
    const end = close < 0 ? text.length : close;
    parts.push(lexCLike(text, { hash: true, dollar: true }, found.index + found[0].length, end));
    open.lastIndex = end;
  }
  return {
    comments: parts.flatMap(({ comments }) => comments),
    strings: parts.flatMap(({ strings }) => strings),
    patterns: [],
  };
}
