import type { FileEntry, PluginSummary } from '@shared/contracts';
import { expect, test } from 'vitest';
import {
  badgeOf,
  expandedFolders,
  folderFor,
  nodeKey,
  orderEntries,
  problemOfName,
  stateText,
  stepForKey,
  treeRows,
} from './model';

const plugin: PluginSummary = { folder: '/p', name: 'static-analyzer' };
const file = (path: string): FileEntry => ({ name: path.split('/').at(-1)!, path, kind: 'file', size: 1 });
const folder = (path: string): FileEntry => ({ ...file(path), kind: 'folder', size: 0 });
const root = nodeKey({ folder: '/p', path: '' });
const src = nodeKey({ folder: '/p', path: 'src' });
const listings = { [root]: [file('plugin.json'), folder('src')], [src]: [file('src/a.ts')] };
const rows = treeRows([plugin], listings, new Set([root, src]));
const row = (path: string) => rows.find((each) => each.path === path)!;

test('an opened folder is followed by what it holds, one level deeper', () => {
  expect(rows.map(({ path, level }) => [path, level])).toEqual([
    ['', 1],
    ['plugin.json', 2],
    ['src', 2],
    ['src/a.ts', 3],
  ]);
});

test('an opened folder without its files yet is loading', () => {
  expect(treeRows([plugin], {}, new Set([root]))).toMatchObject([{ kind: 'plugin', open: true, loading: true }]);
});

test('what is expanded is remembered by plugin, without folders that are gone', () => {
  const gone = nodeKey({ folder: '/p', path: 'lib' });
  const unlisted = nodeKey({ folder: '/p', path: 'src/deep/er' });
  const other = nodeKey({ folder: '/q', path: '' });
  expect(expandedFolders([plugin], listings, new Set([root, src, gone, unlisted, other]), {})).toEqual({
    '/p': ['', 'src', 'src/deep/er'],
  });
  expect(expandedFolders([plugin], listings, new Set(), { '/p': ['src'], '/q': ['', 'src'] })).toEqual({
    '/p': [],
    '/q': ['', 'src'],
  });
});

test('of plugins that are not open only so many are remembered', () => {
  const closed = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`/${index}`, ['']]));
  expect(Object.keys(expandedFolders([plugin], listings, new Set([root]), closed))).toHaveLength(20);
});

test('the manifest stands first, then folders, then files', () => {
  expect(orderEntries([file('b.md'), folder('z'), file('plugin.json'), file('a.md')]).map(({ name }) => name)).toEqual([
    'plugin.json',
    'z',
    'a.md',
    'b.md',
  ]);
});

test.each([
  ['ArrowDown', 'plugin.json', { focus: row('src') }],
  ['ArrowUp', '', { focus: row('') }],
  ['End', '', { focus: row('src/a.ts') }],
  ['ArrowRight', 'src', { focus: row('src/a.ts') }],
  ['ArrowLeft', 'src', { toggle: row('src') }],
  ['ArrowLeft', 'src/a.ts', { focus: row('src') }],
  ['ArrowRight', 'src/a.ts', undefined],
])('%s on "%s" moves as in every tree', (key, path, step) => {
  expect(stepForKey(key, rows, row(path))).toEqual(step);
});

test('something new goes into the folder, or beside the file', () => {
  expect(folderFor(row('src')).path).toBe('src');
  expect(folderFor(row('src/a.ts')).path).toBe('src');
  expect(folderFor(row('plugin.json')).path).toBe('');
});

test.each(['a.ts', 'rules/a b.ts'])('"%s" is a good name', (name) => {
  expect(problemOfName(name)).toBeUndefined();
});

test.each(['', '..', 'a/../b', '/etc', ' a', 'a//b', 'a\\b'])('"%s" is no name for a file', (name) => {
  expect(problemOfName(name)).toBeTypeOf('string');
});

test('a folder counts what is wrong in all of its files', () => {
  const at = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const wrong = { source: 'build', range: at, code: 'build/x', message: 'x' } as const;
  const diagnostics = [
    { ...wrong, file: 'src/a.ts', severity: 'error' as const },
    { ...wrong, file: 'srcs/b.ts', severity: 'error' as const },
    { ...wrong, file: 'src/c.ts', severity: 'warning' as const },
  ];
  expect(badgeOf('src', diagnostics)).toEqual({ errors: 1, warnings: 1 });
});

test('a plugin says its state and its language', () => {
  const status = { folder: '/p', state: 'running', isolation: 'ses only', configGeneration: 1 } as const;
  expect(stateText(status, 'typescript')).toBe('running · TS');
  expect(stateText(undefined, undefined)).toBe('unloaded');
  const error = { code: 'workspace/folder-gone', message: 'The folder /p is gone.' };
  expect(stateText({ ...status, error }, 'typescript')).toBe('folder is gone · TS');
});
