/**
 * A JSON value as the rows of a tree, of which only the opened ones count. Of a container with many children only the
 * first are rows; one more row stands for the rest, so that a value of any size costs what is looked at of it.
 */
export interface ValueRow {
  readonly kind: 'value';
  /** JSON pointer; the root is empty. */
  readonly pointer: string;
  /** Property name or index; empty for the root. */
  readonly name: string;
  readonly depth: number;
  readonly value: unknown;
  readonly expandable: boolean;
  readonly open: boolean;
}

/** Stands for the children that are not rows yet. */
export interface RestRow {
  readonly kind: 'rest';
  /** Of the container, with a step that no child can have. */
  readonly pointer: string;
  readonly container: string;
  readonly depth: number;
  /** How many more come with the next slice, and how many there are beyond what is shown. */
  readonly next: number;
  readonly left: number;
}

export type TreeRow = ValueRow | RestRow;

export const SLICE = 1000;

/** What is opened for somebody before they ask is small. */
const MOST_OPENED_UNASKED = 100;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const sizeOf = (value: object): number => (Array.isArray(value) ? value.length : Object.keys(value).length);

const escapeStep = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

function firstEntries(value: object, count: number): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.slice(0, count).map((item, index) => [String(index), item] as const);
  return Object.keys(value)
    .slice(0, count)
    .map((name) => [name, (value as Record<string, unknown>)[name]] as const);
}

export interface Shown {
  /** Levels that are open at first, as far as what is on them is small. */
  readonly depth: number;
  /** Pointers that were opened or closed by hand. */
  readonly toggled: ReadonlySet<string>;
  /** How many children of a container are rows, by pointer, where that is more than one slice. */
  readonly limits: ReadonlyMap<string, number>;
}

/** The root's children are always there; the root itself is no row. */
export function valueRows(root: unknown, { depth: openLevels, toggled, limits }: Shown): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (value: object, parent: string, depth: number) => {
    const size = sizeOf(value);
    const limit = Math.min(size, limits.get(parent) ?? SLICE);
    for (const [name, child] of firstEntries(value, limit)) {
      const pointer = `${parent}/${escapeStep(name)}`;
      const own = isContainer(child) ? sizeOf(child) : 0;
      const opensItself = depth < openLevels && size <= MOST_OPENED_UNASKED && own <= MOST_OPENED_UNASKED;
      const open = own > 0 && opensItself !== toggled.has(pointer);
      rows.push({ kind: 'value', pointer, name, depth, value: child, expandable: own > 0, open });
      if (open) visit(child as object, pointer, depth + 1);
    }
    const left = size - limit;
    if (left > 0) {
      rows.push({
        kind: 'rest',
        pointer: `${parent}/~rest`,
        container: parent,
        depth,
        next: Math.min(SLICE, left),
        left,
      });
    }
  };
  if (isContainer(root)) visit(root, '', 0);
  else rows.push({ kind: 'value', pointer: '', name: '', depth: 0, value: root, expandable: false, open: false });
  return rows;
}

/** Such as "… 1,000 more of 99,000" or "… 12 more". */
export const restText = ({ next, left }: RestRow): string =>
  `… ${next.toLocaleString('en')} more${left > next ? ` of ${left.toLocaleString('en')}` : ''}`;

const LONGEST_PREVIEW = 2000;
const LONGEST_TITLE = 120;

/** What an object calls itself, by the field that says it best. */
function titleOf(value: object): string | undefined {
  if (Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  const title = ['title', 'name', 'message', 'id'].map((name) => fields[name]).find((each) => typeof each === 'string');
  if (title === undefined || title === '') return undefined;
  const line = (title as string).replaceAll(/\s+/g, ' ');
  return line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE)}…` : line;
}

/** What stands beside a name in one line. */
export function previewOf(value: unknown): string {
  if (isContainer(value)) {
    const size = sizeOf(value);
    const [before, after] = Array.isArray(value) ? '[]' : '{}';
    const figure = `${before}${size === 0 ? '' : size.toLocaleString('en')}${after}`;
    const title = titleOf(value);
    return title === undefined ? figure : `${figure} ${title}`;
  }
  if (typeof value === 'string' && value.length > LONGEST_PREVIEW) {
    return `${JSON.stringify(value.slice(0, LONGEST_PREVIEW)).slice(0, -1)}… (${value.length.toLocaleString('en')} characters)`;
  }
  return JSON.stringify(value) ?? String(value);
}

export type ValueKind = 'text' | 'number' | 'word' | 'container';

export function kindOf(value: unknown): ValueKind {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return isContainer(value) ? 'container' : 'word';
}

/** The text that copying a value puts on the clipboard. */
export const copyText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value));
