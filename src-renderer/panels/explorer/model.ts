/** The explorer's tree as the rows that are on the screen. */
import type { Diagnostic, FileEntry, PluginStatus, PluginSummary } from '@shared/contracts';
import { isWithin } from '../../editor/document-uri';

/** Identifies a row: a plugin is its folder with an empty path. */
export interface Node {
  readonly folder: string;
  readonly path: string;
}

export interface TreeRow extends Node {
  readonly kind: 'plugin' | 'folder' | 'file';
  readonly name: string;
  /** From 1. */
  readonly level: number;
  readonly open: boolean;
  /** An opened folder whose files have not come yet. */
  readonly loading: boolean;
}

export const nodeKey = ({ folder, path }: Node): string => `${folder}\n${path}`;

/** @param listings by nodeKey. */
export function treeRows(
  plugins: readonly PluginSummary[],
  listings: Readonly<Record<string, readonly FileEntry[]>>,
  expanded: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (node: Node, level: number) => {
    for (const { name, path, kind } of listings[nodeKey(node)] ?? []) {
      const child = { folder: node.folder, path };
      const open = kind === 'folder' && expanded.has(nodeKey(child));
      rows.push({ ...child, kind, name, level, open, loading: open && listings[nodeKey(child)] === undefined });
      if (open) visit(child, level + 1);
    }
  };
  for (const { folder, name } of plugins) {
    const root = { folder, path: '' };
    const open = expanded.has(nodeKey(root));
    rows.push({
      ...root,
      kind: 'plugin',
      name,
      level: 1,
      open,
      loading: open && listings[nodeKey(root)] === undefined,
    });
    if (open) visit(root, 2);
  }
  return rows;
}

/** Paths of opened folders by plugin folder, as they are kept between starts. */
export type ExpandedFolders = Readonly<Record<string, readonly string[]>>;

const MOST_PLUGINS = 20;
const MOST_FOLDERS = 500;

/** What is expanded, without what is not there any more; of a plugin that is closed, what was. */
export function expandedFolders(
  plugins: readonly Pick<PluginSummary, 'folder'>[],
  listings: Readonly<Record<string, readonly FileEntry[]>>,
  expanded: ReadonlySet<string>,
  closed: ExpandedFolders,
): ExpandedFolders {
  const isThere = ({ folder, path }: Node) =>
    path === '' ||
    listings[nodeKey({ folder, path: parentPath(path) })]?.some((entry) => entry.path === path) !== false;
  const opened = plugins.map(({ folder }): [string, readonly string[]] => {
    const paths = [...expanded].flatMap((key) => {
      const [own, path = ''] = key.split('\n');
      return own === folder && isThere({ folder, path }) ? [path] : [];
    });
    return [folder, paths.slice(0, MOST_FOLDERS)];
  });
  const others = Object.entries(closed).filter(([folder]) => !plugins.some((plugin) => plugin.folder === folder));
  return Object.fromEntries([...opened, ...others].slice(0, MOST_PLUGINS));
}

/** plugin.json first, then folders, then files. */
export function orderEntries(entries: readonly FileEntry[]): FileEntry[] {
  const rank = ({ name, kind }: FileEntry) => (name === 'plugin.json' ? 0 : kind === 'folder' ? 1 : 2);
  return [...entries].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

export interface TreeStep {
  readonly focus?: TreeRow;
  readonly toggle?: TreeRow;
}

/** What a key does on a row, as in every tree; undefined where it does nothing. */
export function stepForKey(key: string, rows: readonly TreeRow[], current: TreeRow | undefined): TreeStep | undefined {
  const index = current === undefined ? -1 : rows.findIndex((row) => nodeKey(row) === nodeKey(current));
  const to = (at: number): TreeStep | undefined => {
    const focus = rows[Math.max(0, Math.min(rows.length - 1, at))];
    return focus === undefined ? undefined : { focus };
  };
  if (key === 'ArrowDown') return to(index + 1);
  if (key === 'ArrowUp') return to(index - 1);
  if (key === 'Home') return to(0);
  if (key === 'End') return to(rows.length - 1);
  if (current === undefined) return undefined;
  if (key === 'ArrowRight') {
    if (current.kind === 'file') return undefined;
    return current.open ? to(index + 1) : { toggle: current };
  }
  if (key === 'ArrowLeft') {
    if (current.open) return { toggle: current };
    const parent = rows.slice(0, index).findLast(({ level }) => level < current.level);
    return parent === undefined ? undefined : { focus: parent };
  }
  return undefined;
}

/** The folder that something new beside a row goes into. */
export const folderFor = ({ kind, folder, path }: TreeRow): Node =>
  kind === 'file' ? { folder, path: parentPath(path) } : { folder, path };

export const parentPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const joinPath = (parent: string, name: string): string => (parent === '' ? name : `${parent}/${name}`);

/** Why a name will not do for a file or folder. */
export function problemOfName(name: string): string | undefined {
  if (name.trim() !== name) return 'A name does not begin or end with a space.';
  if (name.startsWith('/') || name.endsWith('/') || name.includes('\\'))
    return 'Separate folders by / inside the name.';
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return 'A name is not empty, . or ..';
  return undefined;
}

export interface Badge {
  readonly errors: number;
  readonly warnings: number;
}

/** What is wrong in a file, or anywhere in a folder. */
export function badgeOf(path: string, diagnostics: readonly Pick<Diagnostic, 'file' | 'severity'>[]): Badge {
  const own = diagnostics.filter(({ file }) => isWithin(path, file));
  const count = (severity: Diagnostic['severity']) => own.filter((each) => each.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

const LANGUAGES: Readonly<Record<string, string>> = { typescript: 'TS', python: 'PY', wasm: 'WASM' };

/** Such as "running · TS". */
export function stateText(status: PluginStatus | undefined, language: string | undefined): string {
  const state = status?.error?.code === 'workspace/folder-gone' ? 'folder is gone' : (status?.state ?? 'unloaded');
  return [state, language === undefined ? undefined : LANGUAGES[language]]
    .filter((part) => part !== undefined)
    .join(' · ');
}

export function stateColor(status: PluginStatus | undefined): string {
  const state = status?.state ?? 'unloaded';
  if (status?.error !== undefined || state === 'error') return 'var(--critical)';
  if (state === 'running' || state === 'ready') return 'var(--ok)';
  return state === 'unloaded' || state === 'stopped' ? 'var(--faint)' : 'var(--medium)';
}
