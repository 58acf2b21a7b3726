/**
 * Reads the text of a stored configuration, YAML or JSON, as one object of plain values. What YAML allows beyond that
 * (several documents, tags, keys that are no texts, a key twice) is refused with its line; size, nesting and aliases
 * are bounded, so that no file can hold the studio up.
 */
import type { ConfigProblem } from '@shared/contracts';
import { type Document, isMap, isNode, isScalar, isSeq, Lexer, LineCounter, parseDocument, visit } from 'yaml';
import { type Config, findForbiddenKey, isConfig } from './merge';
import { fromPointer, toPointer } from './pointer';

export const LARGEST_BYTES = 1024 * 1024;
const DEEPEST_NESTING = 100;
const MOST_ALIASES = 100;
const MOST_PROBLEMS = 10;
const MOST_TOKENS_A_LINE = 500;
/** The parser takes some 5 µs for each, whatever the text is; a line such as `name: value` has five. */
const MOST_TOKENS = 100_000;
const TOO_DEEP = `Lists and objects nest more than ${DEEPEST_NESTING} deep. Make it flatter.`;

const TOO_MUCH = `The file holds more than ${MOST_TOKENS} words and signs. Keep what is that large in a file of its own.`;

/** The parser's own search for duplicate keys takes minutes over a large object. */
const PARSING = { prettyErrors: false, merge: true, uniqueKeys: false, logLevel: 'error' } as const;

/** From 1. */
interface Place {
  readonly line: number;
  readonly column?: number;
}

export interface StoredLayer {
  readonly values: Config;
  readonly problems: ConfigProblem[];
  /** The line of a value, or of what is closest around it. */
  lineOf(pointer: string): number;
  /** Where a value begins that stands in a line with its key, else the key or what is closest around it. */
  placeOf(pointer: string): Place;
}

type PlaceAt = (offset: number) => Place;

export const NO_STORED_LAYER: StoredLayer = { values: {}, problems: [], lineOf: () => 1, placeOf: () => ({ line: 1 }) };

/** A text with nothing in it, or only comments, holds no values. */
export function readStored(text: string): StoredLayer {
  if (Buffer.byteLength(text) > LARGEST_BYTES)
    return refused('too-large', 'The file has more than 1 MB. Make it smaller.', { line: 1 });
  const excess = findExcess(text);
  if (excess !== undefined) return refused(excess.code, excess.message, excess);
  const counter = new LineCounter();
  try {
    return readDocument(parseDocument(text, { ...PARSING, lineCounter: counter }), counter);
  } catch (error) {
    if (error instanceof RangeError) return refused('too-deep', TOO_DEEP, { line: 1 });
    throw error;
  }
}

function readDocument(document: Document.Parsed, counter: LineCounter): StoredLayer {
  const placeAt = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const keyPlaceOf = (pointer: string) => placeAt(placesOf(document, pointer).key);
  const lineOf = (pointer: string) => keyPlaceOf(pointer).line;
  const placeOf = (pointer: string) => {
    const { key, value } = placesOf(document, pointer);
    const at = placeAt(value);
    return at.line === placeAt(key).line ? at : placeAt(key);
  };
  const problems = problemsOfSyntax(document, placeAt);
  if (problems.length === 0) problems.push(...problemsOfContent(document, placeAt));
  if (problems.length > 0) return { ...NO_STORED_LAYER, problems };
  const values = toValues(document);
  if (values instanceof Error) return refused('not-yaml', `This is not YAML: ${values.message}.`, keyPlaceOf(''));
  if (!isConfig(values)) {
    return refused('not-an-object', 'The file must hold an object: lines of "name: value".', keyPlaceOf(''));
  }
  if (nestsDeeper(values, DEEPEST_NESTING)) return refused('too-deep', TOO_DEEP, keyPlaceOf(''));
  const forbidden = findForbiddenKey(values);
  if (forbidden === undefined) return { values, problems: [], lineOf, placeOf };
  const pointer = toPointer(forbidden);
  const message = `The key "${forbidden.at(-1)}" is not allowed, because programs may take it for something else. Rename it.`;
  return { ...NO_STORED_LAYER, problems: [problem('forbidden-key', message, keyPlaceOf(pointer), pointer)] };
}

/** Aliases are followed only here, and only here their faults show. */
function toValues(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {};
  } catch (error) {
    return error;
  }
}

const nestsDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((child) => nestsDeeper(child, levels - 1)));

/** The first of each line: one slip often makes the parser stumble several times. */
const problemsOfSyntax = ({ errors, warnings }: Document.Parsed, placeAt: PlaceAt) =>
  [...errors, ...warnings]
    .map(({ code, message, pos }) => {
      const isStack = message.startsWith('Maximum call stack');
      const said = isStack ? TOO_DEEP : (sentences[code] ?? `This is not YAML: ${message.replace(/\.$/, '')}.`);
      return problem(isStack ? 'too-deep' : 'not-yaml', said, placeAt(pos[0]));
    })
    .filter(({ line }, index, all) => line !== all[index - 1]?.line)
    .slice(0, MOST_PROBLEMS);

const sentences: Record<string, string | undefined> = {
  MULTIPLE_DOCS: 'The file holds several documents. Keep the first, and remove the line "---" and what follows.',
  TAG_RESOLVE_FAILED: 'Tags such as !name are not read. Remove the tag.',
  TAB_AS_INDENT: 'YAML is not indented with tabs. Use spaces.',
};

/** Keys that are lists or objects, or there twice, and numbers that JSON does not have. */
function problemsOfContent(document: Document.Parsed, placeAt: PlaceAt): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const tell = (code: string, node: unknown, message: string) =>
    problems.push(problem(code, message, placeAt(isNode(node) ? (node.range?.[0] ?? 0) : 0)));
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (problems.length >= MOST_PROBLEMS) return visit.BREAK;
        if (!isScalar(key)) tell('not-yaml', key, 'A key must be a text, not a list or an object.');
        else if (keys.has(String(key.value))) {
          tell('duplicate-key', key, `The key "${key.value}" is there already. Remove one of the two.`);
        } else keys.add(String(key.value));
      }
      return undefined;
    },
    Scalar(_, node) {
      if (typeof node.value !== 'number' || Number.isFinite(node.value)) return;
      tell('not-yaml', node, 'A number must be finite: JSON has no others.');
    },
  });
  return problems;
}

/** Of the last part of the path that the document has: the key in an object, or the item in a list, and its value. */
function placesOf(document: Document.Parsed, pointer: string): { key: number; value: number } {
  const path = fromPointer(pointer);
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((each) => isScalar(each.key) && String(each.key.value) === key)
      : undefined;
    const found = pair?.key ?? (isSeq(parent) && parent.items[Number(key)]);
    if (!isNode(found) || !found.range) continue;
    const [at] = found.range;
    const value = length === path.length && isNode(pair?.value) ? pair.value.range?.[0] : undefined;
    return { key: at, value: value ?? at };
  }
  const at = document.contents?.range?.[0] ?? 0;
  return { key: at, value: at };
}

/**
 * The parser takes seconds over nesting without end, and over very many small things; its lexer takes no time. The line
 * is that of the bracket too many, of a heap of indicators, or of where there are too many words and signs.
 */
function findExcess(text: string): { code: string; message: string; line: number } | undefined {
  let depth = 0;
  let line = 1;
  let onLine = 0;
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > MOST_TOKENS) return { code: 'too-large', message: TOO_MUCH, line };
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    const ends = token.split('\n').length - 1;
    onLine = ends > 0 || depth > 0 ? 0 : onLine + 1;
    if (depth > DEEPEST_NESTING || onLine > MOST_TOKENS_A_LINE) return { code: 'too-deep', message: TOO_DEEP, line };
    line += ends;
  }
  return undefined;
}

const problem = (code: string, message: string, { line, column }: Place, pointer = ''): ConfigProblem => ({
  layer: 'stored',
  code: `config/${code}`,
  pointer,
  schemaPath: '',
  message,
  line,
  ...(column === undefined ? {} : { column }),
});

const refused = (code: string, message: string, place: Place): StoredLayer => ({
  ...NO_STORED_LAYER,
  problems: [problem(code, message, place)],
});
