import type { BrowseResult } from '@shared/contracts';
import { expect, test } from 'vitest';
import { folderOfInput, matchingEntries } from './browse-model';

const entry = (name: string, kind: 'file' | 'folder') => ({ name, path: `/home/a/${name}`, kind, isPlugin: false });
const listing: BrowseResult = {
  path: '/home/a',
  parent: '/home',
  entries: [
    entry('.cache', 'folder'),
    entry('plugins', 'folder'),
    entry('Pictures', 'folder'),
    entry('plan.md', 'file'),
  ],
};
const names = (input: string, pick: 'file' | 'folder' = 'folder') =>
  matchingEntries(listing, input, pick).map(({ name }) => name);

test('the folder of a path is all up to its last slash', () => {
  expect(['/home/a/pl', '/home/', 'C:\\dev\\x', ''].map(folderOfInput)).toEqual([
    '/home/a/',
    '/home/',
    'C:\\dev\\',
    '',
  ]);
});

test('the entries are those that the typed name may become, whatever its case', () => {
  expect(names('/home/a/')).toEqual(['plugins', 'Pictures']);
  expect(names('/home/a/pL')).toEqual(['plugins']);
  expect(names('/home/a/pl', 'file')).toEqual(['plugins', 'plan.md']);
});

test('a chosen entry leaves its neighbours in the list', () => {
  expect(names('/home/a/plugins')).toEqual(['plugins', 'Pictures']);
});

test('hidden entries come when they are asked for', () => {
  expect(names('/home/a/.')).toEqual(['.cache']);
});
