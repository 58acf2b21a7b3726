/**
 * JSON with the place of every value, which JSON.parse does not tell. Comments and trailing commas are let through,
 * as settings files have them; anything else that is wrong is a JsonError with its place.
 */
import type { Span } from '../text/span';

export type JsonNode =
  | (Span & { readonly type: 'object'; readonly members: readonly JsonMember[] })
  | (Span & { readonly type: 'array'; readonly items: readonly JsonNode[] })
  | (Span & { readonly type: 'string'; readonly value: string })
  | (Span & { readonly type: 'literal'; readonly value: number | boolean | null });

interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export class JsonError extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

/** Deeper than any real document, and shallow enough for the stack. */
const DEEPEST = 200;

export function parseJson(text: string): JsonNode {
  let position = text.startsWith('\uFEFF') ? 1 : 0;
  const root = readValue(0);
  skipBlanks();
  if (position < text.length) throw fail('Nothing may follow the value');
  return root;

  function readValue(depth: number): JsonNode {
    skipBlanks();
    if (depth > DEEPEST) throw fail(`Values are nested deeper than ${DEEPEST}`);
    const character = text[position];
    if (character === '{') return readObject(depth);
    if (character === '[') return readArray(depth);
    if (character === '"') return readString();
    return readLiteral();
  }

  function readObject(depth: number): JsonNode {
    const start = position++;
    const members: JsonMember[] = [];
    while (!takes('}')) {
      if (text[position] !== '"') throw fail('Expected a key in double quotes');
      const { value: key, start: keyStart, end: keyEnd } = readString();
      if (!takes(':')) throw fail('Expected a colon after the key');
      members.push({ key, keySpan: { start: keyStart, end: keyEnd }, value: readValue(depth + 1) });
      if (!takes(',') && text[position] !== '}') throw fail('Expected a comma or the closing brace');
    }
    return { type: 'object', start, end: position, members };
  }

  function readArray(depth: number): JsonNode {
    const start = position++;
    const items: JsonNode[] = [];
    while (!takes(']')) {
      items.push(readValue(depth + 1));
      if (!takes(',') && text[position] !== ']') throw fail('Expected a comma or the closing bracket');
    }
    return { type: 'array', start, end: position, items };
  }

  function readString(): JsonNode & { type: 'string' } {
    const start = position;
    const stops = /["\\\n]/g;
    stops.lastIndex = start + 1;
    for (let found = stops.exec(text); found !== null; found = stops.exec(text)) {
      if (found[0] === '\\') stops.lastIndex = found.index + 2;
      else if (found[0] === '\n') break;
      else {
        position = found.index + 1;
        return { type: 'string', start, end: position, value: readEscapes(start, position) };
      }
    }
    throw fail('The string does not end');
  }

  function readEscapes(start: number, end: number): string {
    const raw = text.slice(start, end);
    if (!raw.includes('\\') && !/[\t\r]/.test(raw)) return raw.slice(1, -1);
    try {
      return JSON.parse(raw.replaceAll('\t', '\\t').replaceAll('\r', '\\r')) as string;
    } catch {
      position = start;
      throw fail('The string holds an escape that JSON does not know');
    }
  }

  function readLiteral(): JsonNode {
    const found = /^(?:true|false|null|-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,5})?)(?![\w.])/.exec(
      text.slice(position, position + 820),
    );
    if (found === null) throw fail(position >= text.length ? 'The text ends too early' : 'Expected a value');
    const start = position;
    position += found[0].length;
    return { type: 'literal', start, end: position, value: JSON.parse(found[0]) as number | boolean | null };
  }

  /** Skips blanks, then the character if it is there; blanks after it too. */
  function takes(character: string): boolean {
    skipBlanks();
    if (text[position] !== character) return false;
    position++;
    if (character === ',' || character === ':') skipBlanks();
    return true;
  }

  function skipBlanks(): void {
    position = endOfBlanks(text, position);
  }

  function fail(message: string): JsonError {
    return new JsonError(message, position);
  }
}

/** Where blanks and comments end. */
function endOfBlanks(text: string, from: number): number {
  let position = from;
  for (;;) {
    while (/\s/.test(text[position] ?? '')) position++;
    const close = text.startsWith('//', position) ? '\n' : text.startsWith('/*', position) ? '*/' : undefined;
    if (close === undefined) return position;
    const end = text.indexOf(close, position + 2);
    position = end < 0 ? text.length : end + close.length;
  }
}

/** The member's value, where the node is an object that has it. */
export const memberOf = (node: JsonNode | undefined, key: string): JsonNode | undefined =>
  node?.type === 'object' ? node.members.find((member) => member.key === key)?.value : undefined;
