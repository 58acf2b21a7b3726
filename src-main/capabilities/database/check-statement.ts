/**
 * Reads a SQL statement just far enough to refuse what a plugin must not say: text in the statement instead of a
 * parameter, several statements at once, and whatever reaches beyond the one database file. What SQLite makes of the
 * rest is SQLite's business.
 */
import { invalid } from '../refusals';

/** How a statement may begin. */
const STATEMENTS = new Set(
  'SELECT WITH VALUES EXPLAIN INSERT UPDATE DELETE REPLACE CREATE DROP ALTER ANALYZE REINDEX'.split(' '),
);

/** How it may not, and why. */
const REFUSED_STATEMENTS: Readonly<Record<string, string>> = {
  ATTACH: 'it opens another file',
  DETACH: 'there is only one database',
  PRAGMA: "it changes the database engine's own settings",
  VACUUM: 'it writes another file',
  BEGIN: 'each statement is a transaction of its own; to write many rows at once, insert a SELECT from json_each(?)',
  COMMIT: 'each statement is a transaction of its own',
  END: 'each statement is a transaction of its own',
  ROLLBACK: 'each statement is a transaction of its own',
  SAVEPOINT: 'each statement is a transaction of its own',
  RELEASE: 'each statement is a transaction of its own',
};

const REFUSED_FUNCTIONS = new Set(['load_extension', 'fts3_tokenizer', 'readfile', 'writefile', 'edit', 'eval']);

/** Modules of virtual tables that hold their data in the database itself. */
const MODULES = new Set(['fts5']);

interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'parameter' | 'sign';
  /** Words in upper case. */
  readonly text: string;
}

/** In the order of trying. Names in any quotes are names: this SQLite never takes them for text. */
const RULES: readonly (readonly [Token['kind'] | 'blank' | 'open', RegExp])[] = [
  ['blank', /\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\//y],
  ['open', /\/\*/y],
  ['text', /[xX]?'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['open', /["'`[]/y],
  ['parameter', /\?\d*|[:@$][\w$:]*/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['sign', /\d[\w.]*|\.\d[\w]*|->>?|[^\s]/y],
];

function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    const [kind, text] = nextToken(sql, at);
    at += text.length;
    if (kind === 'open') throw refused('a comment, name or text in it never ends', 'syntax');
    if (kind !== 'blank') tokens.push({ kind, text: kind === 'word' ? text.toUpperCase() : text });
  }
  return tokens;
}

function nextToken(sql: string, at: number): readonly [Token['kind'] | 'blank' | 'open', string] {
  for (const [kind, pattern] of RULES) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return [kind, text];
  }
  return ['sign', sql.slice(at, at + 1)];
}

const refused = (why: string, reason: string) => invalid(`The statement is refused: ${why}.`, reason);

/** @throws StudioError capabilities/invalid (data: reason) */
export function checkStatement(sql: string): void {
  if (sql.includes('\0')) throw refused('it holds a NUL character', 'syntax');
  const tokens = tokensOf(sql);
  while (tokens.at(-1)?.text === ';') tokens.pop();
  refuseForm(tokens);
  refuseBeginning(tokens);
  refuseReach(tokens);
}

function refuseForm(tokens: readonly Token[]): void {
  if (tokens.some(({ kind, text }) => kind === 'sign' && text === ';')) {
    throw refused('it is more than one. Send them one after the other', 'several-statements');
  }
  if (tokens.some(({ kind }) => kind === 'text')) {
    throw refused("text goes in as a parameter: write ? in place of '…', and the value in params", 'text-literal');
  }
  if (tokens.some(({ kind, text }) => kind === 'parameter' && !text.startsWith('?'))) {
    throw refused('parameters are written ? or ?1, in the order of params', 'named-parameter');
  }
}

function refuseBeginning(tokens: readonly Token[]): void {
  const [first, second] = tokens;
  const beginning =
    first?.text === 'EXPLAIN' && second?.text === 'QUERY' ? tokens[3] : first?.text === 'EXPLAIN' ? second : first;
  if (beginning === undefined) throw refused('it is empty', 'syntax');
  const why = beginning.kind === 'word' ? REFUSED_STATEMENTS[beginning.text] : undefined;
  if (why !== undefined) throw refused(`${beginning.text} is not for plugins, since ${why}`, 'not-allowed');
  if (beginning.kind !== 'word' || !STATEMENTS.has(beginning.text)) {
    throw refused(`a statement cannot begin with ${beginning.text}`, 'syntax');
  }
}

function refuseReach(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    const name = nameOf(token);
    if (name === undefined) return;
    const isCalled = tokens[index + 1]?.text === '(';
    if (isCalled && REFUSED_FUNCTIONS.has(name)) throw refused(`${name}() is not for plugins`, 'not-allowed');
    if (name.startsWith('pragma_'))
      throw refused('PRAGMA is not for plugins. sqlite_schema tells the tables', 'not-allowed');
  });
  if (tokens[0]?.text !== 'CREATE') return;
  const words = tokens.map(({ text }) => text);
  if (words.slice(1, 3).includes('TRIGGER')) {
    throw refused('a trigger holds statements of its own. Send them where they are needed', 'not-allowed');
  }
  const module = nameOf(tokens[words.indexOf('USING') + 1]);
  if (words[1] === 'VIRTUAL' && !MODULES.has(module ?? '')) {
    throw refused(`a virtual table can be of ${[...MODULES].join(', ')} only`, 'not-allowed');
  }
}

const nameOf = (token: Token | undefined): string | undefined => {
  if (token?.kind === 'word') return token.text.toLowerCase();
  return token?.kind === 'quoted' ? token.text.slice(1, -1).toLowerCase() : undefined;
};
