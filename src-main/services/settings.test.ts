import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { openSettings } from './settings';

const temporary = temporaryFolder();

test('what was written is there after the next start', async () => {
  const settings = await openSettings(temporary.path);
  await Promise.all([settings.write({ theme: 'dark' }), settings.write({ layout: { panes: 2 } })]);
  const again = await openSettings(temporary.path);
  expect(again.read()).toEqual({ theme: 'dark', layout: { panes: 2 }, openFolders: [] });
});

test('a broken settings file is set aside, and the studio starts with its defaults', async () => {
  await writeFile(join(temporary.path, 'settings.json'), '{"theme": "da');
  const settings = await openSettings(temporary.path);
  expect(settings.read()).toEqual({ theme: 'system', openFolders: [] });
  const [kept] = (await readdir(temporary.path)).filter((name) => name.startsWith('settings.json.broken-'));
  expect(await readFile(join(temporary.path, kept!), 'utf8')).toBe('{"theme": "da');
});

test('settings of the wrong type are set aside like broken ones', async () => {
  await writeFile(join(temporary.path, 'settings.json'), '{"theme": "mauve", "openFolders": [], "recent": []}');
  expect((await openSettings(temporary.path)).read().theme).toBe('system');
});

test('recent plugins are newest first, once each, and at most twelve', async () => {
  const settings = await openSettings(temporary.path);
  for (let opened = 1; opened <= 20; opened += 1) {
    await settings.noteOpened({ folder: `/plugins/${opened % 15}`, name: 'p', openedAt: opened });
  }
  const folders = settings.recent().map(({ folder }) => folder);
  expect(folders[0]).toBe('/plugins/5');
  expect(new Set(folders).size).toBe(12);
});
