/** A JSON value as the rows of a tree, of which only the opened ones count. */
export interface ValueRow {
  /** JSON pointer; the root is empty. */
  readonly pointer: string;
  /** Property name or index; empty for the root. */
  readonly name: string;
  readonly depth: number;
  readonly value: unknown;
  readonly expandable: boolean;
  readonly open: boolean;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const escapeStep = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Array.isArray(value) ? value.map((item, index) => [String(index), item] as const) : Object.entries(value);

/** @param isOpen by pointer. The root's children are always there; the root itself is no row. */
export function valueRows(root: unknown, isOpen: (pointer: string, depth: number) => boolean): ValueRow[] {
  const rows: ValueRow[] = [];
  const visit = (value: object, parent: string, depth: number) => {
    for (const [name, child] of entriesOf(value)) {
      const pointer = `${parent}/${escapeStep(name)}`;
      const expandable = isContainer(child) && Object.keys(child).length > 0;
      const open = expandable && isOpen(pointer, depth);
      rows.push({ pointer, name, depth, value: child, expandable, open });
      if (open) visit(child as object, pointer, depth + 1);
    }
  };
  if (isContainer(root)) visit(root, '', 0);
  else rows.push({ pointer: '', name: '', depth: 0, value: root, expandable: false, open: false });
  return rows;
}

/** What stands beside a name in one line. */
export function previewOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length}]`;
  if (isContainer(value)) return Object.keys(value).length === 0 ? '{}' : `{${Object.keys(value).length}}`;
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
