/**
 * SES refuses a source that holds `import(`, `<!--` or `-->` anywhere, since it does not parse. Plugins that look for
 * such text have it in strings, templates and regular expressions. Here one character of each is written as its escape:
 * the program means the same, SES finds nothing, and whatever it still finds is a real dynamic import.
 */
import type { Node, Options } from 'acorn';

const REFUSED = /\bimport(?=\s*(?:\(|\/[/*]))|<!--|-->/g;

/** The character that is escaped, by what was found. None of them can be the end of another escape or a range. */
const ESCAPES = new Map([
  ['import', { at: 2, text: '\\x70' }],
  ['<!--', { at: 3, text: '\\x2d' }],
  ['-->', { at: 2, text: '\\x3e' }],
]);

export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export interface EscapePlan {
  readonly edits: readonly Edit[];
  /** A tagged template holds such text: its tag sees the raw text, so the build must write templates out as calls. */
  readonly inTaggedTemplate: boolean;
  /** Offsets of what stays refused: dynamic imports, and private methods named import. */
  readonly refused: readonly number[];
}

export interface Refused {
  readonly index: number;
  readonly text: string;
}

/** Refused text, and what it stands in. */
export interface PlacedText extends Refused {
  readonly kind: 'text' | 'tagged' | 'method-name' | 'code';
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: PlacedText['kind'];
}

type AnyNode = Node & { [field: string]: unknown };

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const childrenOf = (node: AnyNode) => Object.values(node).flat().filter(isNode);

/** Whether the node is a method or accessor, where the name may as well be a string. */
const isMethod = (node: AnyNode) =>
  node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method === true || node.kind !== 'init'));

/** Of the nodes that hold one of the offsets: a bundle has hundreds of thousands of others. */
function collectSpans(root: Node, offsets: readonly number[], spans: Span[]) {
  const pending = [{ node: root as AnyNode, tagged: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, tagged } = next;
    if (node.type === 'Literal') spans.push({ ...rangeOf(node), kind: 'text' });
    if (node.type === 'TemplateElement') spans.push({ ...rangeOf(node), kind: tagged ? 'tagged' : 'text' });
    if (isMethod(node) && isNode(node.key) && node.key.type === 'Identifier' && node.computed !== true) {
      spans.push({ ...rangeOf(node.key), kind: 'method-name' });
    }
    for (const child of childrenOf(node)) {
      if (!offsets.some((offset) => child.start <= offset && offset < child.end)) continue;
      const quasi = node.type === 'TaggedTemplateExpression' && child === node.quasi;
      pending.push({ node: child, tagged: quasi || (tagged && child.type === 'TemplateElement') });
    }
  }
}

const rangeOf = ({ start, end }: Node) => ({ start, end });

async function parseSpans(code: string, offsets: readonly number[]): Promise<Span[]> {
  const { parse } = await import('acorn');
  const spans: Span[] = [];
  const onComment: Options['onComment'] = (_block, _text, start, end) => {
    spans.push({ start, end, kind: 'text' });
  };
  collectSpans(parse(code, { ecmaVersion: 'latest', sourceType: 'script', onComment }), offsets, spans);
  return spans;
}

/** @param code A bundle as esbuild prints it. @returns what SES would refuse, in the order of its offsets */
export const findRefused = (code: string): Refused[] =>
  [...code.matchAll(REFUSED)]
    .map(({ index, 0: text }) => ({ index, text }))
    .filter(({ index, text }) => text !== 'import' || !isMember(code, index));

/** @param code Whole statements. @throws SyntaxError where it is none */
export async function placeRefused(code: string, found: readonly Refused[]): Promise<PlacedText[]> {
  const spans = await parseSpans(
    code,
    found.map(({ index }) => index),
  );
  return found.map(({ index, text }) => {
    const span = spans.find(({ start, end }) => start <= index && index + text.length <= end);
    return { index, text, kind: span?.kind ?? 'code' };
  });
}

export const planFor = (placed: readonly PlacedText[]): EscapePlan => ({
  edits: placed.filter(({ kind }) => kind === 'text' || kind === 'method-name').map(editFor),
  inTaggedTemplate: placed.some(({ kind }) => kind === 'tagged'),
  refused: placed.filter(({ kind }) => kind === 'code').map(({ index }) => index),
});

/** `x.import(` is a call of a method, which SES lets through; `...import(` is not. */
const isMember = (code: string, index: number) => code[index - 1] === '.' && code.slice(index - 3, index) !== '...';

function editFor({ index, text, kind }: PlacedText): Edit {
  if (kind === 'method-name') return { offset: index, length: text.length, text: `"${text}"` };
  const escaped = ESCAPES.get(text);
  if (escaped === undefined) throw new Error(`No escape for ${text}`);
  return { offset: index + escaped.at, length: 1, text: escaped.text };
}

/** @param edits In the order of their offsets. */
export function applyEdits(code: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const edit of edits) {
    parts.push(code.slice(end, edit.offset), edit.text);
    end = edit.offset + edit.length;
  }
  return [...parts, code.slice(end)].join('');
}
