/**
 * SQL put together from text and values. The rule looks at the strings that begin a statement rather than at calls:
 * every database library calls its query function otherwise, and the mistake is in the string.
 */
import { endOfValue } from '../code/assignments';
import { isBuilt, shapeOf } from '../code/expression';
import { describeInput } from '../code/sinks';
import { type SourceText, stringsIn, stringText } from '../text/source-text';
import type { Span } from '../text/span';
import type { StringToken } from '../text/token';
import type { Match, SourceRule, SourceTarget } from './rule';

const STATEMENT =
  /^\s{0,200}(?:SELECT\s[\s\S]{0,2000}?\sFROM\b|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+[\s\S]{1,200}?\sSET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|MERGE\s+INTO\s|DROP\s+(?:TABLE|DATABASE)\s|ALTER\s+TABLE\s|TRUNCATE\s+TABLE\s|CALL\s+\w|EXEC(?:UTE)?\s+\w|WITH\s+\w+\s+AS\s*\()/;
const STATEMENT_IN_CALL =
  /^\s{0,200}(?:select\s[\s\S]{0,2000}?\sfrom\b|insert\s+into\s|update\s+[\s\S]{1,200}?\sset\s|delete\s+from\s)/i;
const QUERY_CALL =
  /(?:\.|->|\b)(?:execute|executemany|executescript|raw|query|queryRaw|\$queryRawUnsafe|\$executeRawUnsafe|prepare|prepareStatement|executeQuery|executeUpdate|createQuery|createNativeQuery|Query|QueryRow|QueryContext|QueryRowContext|Exec|ExecContext|Raw|read_sql|read_sql_query|text|all|get|run|mysqli_query|pg_query|mysql_query)\s*\(\s*(?:\$?\w+\s*,\s*)?$/;
/** Templates with one of these tags bind their values. */
const BINDING_TAG =
  /(?:^|\.)(?:sql|SQL|Prisma\.sql|queryRaw|\$queryRaw|\$executeRaw|executeRaw|sqlstring|gql|db|conn|client)$/;

export const sqlInjection: SourceRule = {
  scans: 'source',
  id: 'sql-injection',
  title: 'SQL built by concatenation',
  description:
    'A statement is put together from text and values. A value with a quote in it changes what the statement does.',
  severity: 'critical',
  type: 'sql_injection',
  cwe_ids: ['CWE-89'],
  mitre_tactics: ['initial_access', 'collection'],
  mitre_techniques: ['T1190'],
  remediation:
    'Pass values as parameters: execute("SELECT * FROM orders WHERE customer = ?", (customer,)). Names of tables and columns cannot be parameters: take them from a list of your own.',
  references: [
    'https://cwe.mitre.org/data/definitions/89.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html',
  ],
  confidence: 0.95,
  languages: ['python', 'javascript', 'java', 'go', 'php', 'csharp'],
  find(target) {
    const { source } = target;
    let covered = 0;
    return source.tokens.strings.flatMap((token) => {
      if (token.start < covered || !mayBegin(source, token)) return [];
      const whole = wholeExpression(source, token);
      if (FRAGMENT.test(stringText(source, token).slice(0, 40))) return fragmentMatch(target, whole);
      if (!isStatement(source, token, whole)) return [];
      covered = whole.end;
      return matchOf(target, token, whole) ?? [];
    });
  },
};

const FIRST_WORD =
  /^\s{0,200}(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|MERGE|DROP|ALTER|TRUNCATE|CALL|EXEC|EXECUTE|WITH|WHERE|AND|OR|ORDER|GROUP|LIMIT|HAVING)\s/i;

/** Part of a statement that goes on elsewhere: reported only where input is put into it. */
const FRAGMENT = /^\s{1,20}(?:WHERE|AND|OR|ORDER\s+BY|GROUP\s+BY|LIMIT|HAVING)\s/;

function fragmentMatch(target: SourceTarget, whole: Span): Match[] {
  const input = target.flow.inputIn(whole, 'sql');
  if (input === undefined || !isBuilt(target.source, whole)) return [];
  return [{ ...whole, description: `${describeInput(target, input)} becomes part of a statement.`, confidence: 0.85 }];
}

const mayBegin = (source: SourceText, token: StringToken): boolean =>
  token.innerEnd - token.innerStart >= 7 &&
  !(token.quote === '`' && BINDING_TAG.test(token.prefix)) &&
  FIRST_WORD.test(source.content.slice(token.innerStart, Math.min(token.innerEnd, token.innerStart + 240)));

function isStatement(source: SourceText, token: StringToken, whole: Span): boolean {
  const text = stringsIn(source, whole)
    .map((part) => stringText(source, part))
    .join('');
  return STATEMENT.test(text) || (STATEMENT_IN_CALL.test(text) && isQueried(source, token));
}

const isQueried = (source: SourceText, { start }: StringToken): boolean =>
  QUERY_CALL.test(source.bare.slice(Math.max(0, start - 120), start));

function matchOf(target: SourceTarget, token: StringToken, whole: Span): Match | undefined {
  const { source, flow } = target;
  const input = flow.inputIn(whole, 'sql');
  if (input !== undefined) {
    const description = `${describeInput(target, input)} becomes part of a statement.`;
    return { ...whole, description };
  }
  if (shapeOf(target, whole, 'sql') !== 'built') return undefined;
  const queried = isQueried(source, token);
  return { ...whole, severity: queried ? 'high' : 'medium', confidence: queried ? 0.65 : 0.5 };
}

/** From the string to the end of the expression that it begins; of a call like Sprintf the call's inside. */
function wholeExpression(source: SourceText, token: StringToken): Span {
  const { bare } = source;
  const before = bare.slice(Math.max(0, token.start - 40), token.start);
  const call = /\b(?:fmt\.Sprintf|Sprintf|sprintf|String\.format|string\.Format)\s*\(\s*$/.exec(before);
  if (call !== null) {
    const start = token.start - before.length + call.index;
    return { start, end: trimmedEnd(bare, start, endOfValue(bare, start, source.language === 'python')) };
  }
  return { start: token.start, end: trimmedEnd(bare, token.start, endOfOperand(source, token)) };
}

/** Up to the comma or bracket that ends the argument, or the end of the line. */
function endOfOperand(source: SourceText, token: StringToken): number {
  const { bare, language } = source;
  const end = endOfValue(bare, token.start, language === 'python');
  let depth = 0;
  for (let position = token.end; position < end; position++) {
    const character = bare[position]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth < 0 || (depth === 0 && character === ',')) return position;
  }
  return end;
}

function trimmedEnd(bare: string, start: number, end: number): number {
  let position = end;
  while (position > start && /\s/.test(bare[position - 1]!)) position--;
  return position;
}
