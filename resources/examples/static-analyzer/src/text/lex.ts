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
  php: { hash: true, pages: true },
};

const COMMENT_MARKS: Readonly<Partial<Record<Language, string>>> = {
  yaml: '#',
  shell: '#',
  env: '#;',
  dockerfile: '#',
};

export function lex(text: string, language: Language): Tokens {
  if (language === 'python') return lexPython(text);
  const dialect = DIALECTS[language];
  if (dialect !== undefined) return lexCLike(text, dialect);
  const marks = COMMENT_MARKS[language];
  return marks === undefined ? NO_TOKENS : lexMarked(text, marks);
}
