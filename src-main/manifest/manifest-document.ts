/**
 * The text of plugin.json with a position for every value. The text is strict JSON: what the tolerant parser forgave
 * is a syntax error here. Of keys that occur twice the last one counts, as in every JSON reader. Nesting is bounded
 * before anything recursive sees the text.
 */
import type { Range } from '@shared/contracts';
import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { fromPointer } from '../config';
import { createLineIndex } from './line-index';

export const MANIFEST_FILE = 'plugin.json';
const DEEPEST_NESTING = 100;

export interface Span {
  readonly offset: number;
  readonly length: number;
}

export interface ManifestDocument {
  readonly text: string;
  readonly root: Node | undefined;
  readonly syntaxErrors: readonly ParseError[];
  /** The first bracket that nests too deep; the document is then not read any further. */
  readonly tooDeep: Span | undefined;
  /** Where the text is a JSON object. */
  readonly value: Record<string, unknown> | undefined;
  nodeAt(pointer: string): Node | undefined;
  /** The value, or the closest value around the place where it would be. */
  nearest(pointer: string): Node | undefined;
  keyAt(pointer: string): Node | undefined;
  rangeOf(span: Span): Range;
}

export function createManifestDocument(text: string): ManifestDocument {
  /** A byte order mark is a fault of its own; as a space it keeps every position. */
  const readable = text.replace(/^\uFEFF/, ' ');
  const tooDeep = findTooDeep(readable);
  const syntaxErrors: ParseError[] = [];
  const root =
    tooDeep === undefined
      ? parseTree(readable, syntaxErrors, {
          disallowComments: true,
          allowTrailingComma: false,
          allowEmptyContent: false,
        })
      : undefined;
  const isObject = root?.type === 'object' && syntaxErrors.length === 0;
  const lines = createLineIndex(text);
  const nodeAt = (pointer: string) => descend(root, fromPointer(pointer)).exact;
  return {
    text,
    root,
    syntaxErrors,
    tooDeep,
    value: isObject ? (JSON.parse(readable) as Record<string, unknown>) : undefined,
    nodeAt,
    nearest: (pointer) => descend(root, fromPointer(pointer)).nearest,
    keyAt: (pointer) => {
      const parent = nodeAt(pointer)?.parent;
      return parent?.type === 'property' ? parent.children?.[0] : undefined;
    },
    rangeOf: ({ offset, length }) => lines.rangeOf(offset, offset + length),
  };
}

function descend(root: Node | undefined, path: readonly string[]) {
  let nearest = root;
  for (const key of path) {
    const next = childOf(nearest, key);
    if (next === undefined) return { exact: undefined, nearest };
    nearest = next;
  }
  return { exact: nearest, nearest };
}

const properties = new WeakMap<Node, Map<unknown, Node | undefined>>();

function childOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.type === 'array') return /^\d+$/.test(key) ? node.children?.[Number(key)] : undefined;
  if (node?.type !== 'object') return undefined;
  const known = properties.get(node);
  if (known !== undefined) return known.get(key);
  const own = new Map(node.children?.map(({ children }) => [children?.[0]?.value as unknown, children?.[1]]));
  properties.set(node, own);
  return own.get(key);
}

function findTooDeep(text: string): Span | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const token = text[scanner.getTokenOffset()];
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > DEEPEST_NESTING) return { offset: scanner.getTokenOffset(), length: 1 };
  }
  return undefined;
}
