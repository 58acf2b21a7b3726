/**
 * Finds values that stand beside a name which says that they are secret: `api_key = "…"`, `password: …`. The last
 * word of the name counts: `token` is a secret, `token_url` and `tokenType` are not. The search goes from that word
 * to both sides, so that a large file is read once.
 */
import type { SourceText } from '../../text/source-text';
import type { Span } from '../../text/span';

interface NamedValue extends Span {
  readonly name: string;
  /** Without its quotes. */
  readonly value: Span;
}

const SECRET_WORD =
  /(?:pass(?:word|wd|phrase)|passwd|pwd|secret|token|(?:api|access|auth|private|signing|encryption|master|account)[_-]?key|credential)s?(?:[_-]?(?:key|prod|dev|live|value|\d))?(?![\w$])/gi;
/** Tokens that mark a place in a list or name a request, and types of tokens. */
const NOT_SECRET_NAME =
  /(?:next|continuation|page|paging|request|change|input|output|start|end|idempotency|sync|delta|cursor|resume|upload|public|lexer)[_.-]?(?:page[_-]?)?tokens?$|public[_-]?key$/i;
const QUOTED_VALUE =
  /["']?\]?\s{0,8}(?::\s?\w{1,20}\s?)?(?:=>|:=|=|:)\s{0,8}[rbu@]?(["'`])((?:(?!\1)[^\\\n]){8,400})\1/iy;
const PLAIN_VALUE = /["']?[ \t]*(?:=|:[ \t]|[ \t])[ \t]*([^\s"'#{}[\],]{8,400})[ \t]*$/my;
/** What may stand before the name of a setting. */
const BEFORE_SETTING = /^[ \t]*(?:-[ \t]+|export[ \t]+|ENV[ \t]+|ARG[ \t]+)?["']?$/;
const PASSWORD_NAME = /pass(?:word|wd|phrase)|passwd|pwd/i;

/** People think of passwords; machines make tokens and keys. */
export const isPasswordName = (name: string): boolean => PASSWORD_NAME.test(name);

export function findNamedValues(source: SourceText): NamedValue[] {
  const { code } = source;
  const plain = ['yaml', 'env', 'shell', 'dockerfile'].includes(source.language);
  const values: NamedValue[] = [];
  SECRET_WORD.lastIndex = 0;
  for (let found = SECRET_WORD.exec(code); found !== null; found = SECRET_WORD.exec(code)) {
    const end = found.index + found[0].length;
    const start = startOfName(code, found.index);
    const value = quotedValue(code, end) ?? (plain && isSetting(code, start) ? plainValue(code, end) : undefined);
    if (value === undefined || NOT_SECRET_NAME.test(code.slice(start, end))) continue;
    values.push({ name: code.slice(start, end), start, end: value.end, value });
    SECRET_WORD.lastIndex = value.end;
  }
  return values;
}

function quotedValue(code: string, from: number): Span | undefined {
  QUOTED_VALUE.lastIndex = from;
  const found = QUOTED_VALUE.exec(code);
  if (found === null) return undefined;
  const end = from + found[0].length - 1;
  return { start: end - found[2]!.length, end };
}

function plainValue(code: string, from: number): Span | undefined {
  PLAIN_VALUE.lastIndex = from;
  const found = PLAIN_VALUE.exec(code);
  if (found === null) return undefined;
  const start = from + found[0].lastIndexOf(found[1]!);
  return { start, end: start + found[1]!.length };
}

function isSetting(code: string, start: number): boolean {
  const lineStart = code.lastIndexOf('\n', start - 1) + 1;
  return start - lineStart < 200 && BEFORE_SETTING.test(code.slice(lineStart, start));
}

/** No name is longer than this. */
const LONGEST_NAME = 60;

function startOfName(code: string, word: number): number {
  let start = word;
  while (start > 0 && word - start < LONGEST_NAME && /[\w$.-]/.test(code[start - 1]!)) start--;
  return start;
}
