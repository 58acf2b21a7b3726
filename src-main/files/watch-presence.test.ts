import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.fixture';
import { type FolderPresence, watchPresence } from './watch-presence';

const temporary = temporaryFolder();
const at = (path: string) => join(temporary.path, path);
let presence: FolderPresence | undefined;
afterEach(() => presence?.close());

/** Hands out what is told, each as soon as it came. */
async function watching(folder: string) {
  const told: string[] = [];
  let wake = () => {};
  const tell = (what: string) => () => {
    told.push(what);
    wake();
  };
  presence = await watchPresence(folder, {
    onDidGo: tell('gone'),
    onDidReturn: tell('back'),
    intervalMs: 20,
    onError(error) {
      throw error;
    },
  });
  return async () => {
    while (told.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return told.shift();
  };
}

/** The clock of a file system ticks a few hundred times a second. */
async function change(folder: string) {
  const isNew = async () => {
    const { birthtimeNs, ctimeNs } = await stat(folder, { bigint: true });
    return birthtimeNs === ctimeNs;
  };
  while (await isNew()) await chmod(folder, 0o700);
}

test('a folder that is moved away and back is gone, then there', async () => {
  await mkdir(at('plugin'));
  const next = await watching(at('plugin'));
  await rename(at('plugin'), at('elsewhere'));
  expect(await next()).toBe('gone');
  expect(await presence?.isThere()).toBe(false);
  await rename(at('elsewhere'), at('plugin'));
  expect(await next()).toBe('back');
  expect(await presence?.isThere()).toBe(true);
});

test('another folder in its place counts as gone and back, though nothing was missing in between', async () => {
  await mkdir(at('plugin'));
  await mkdir(at('other'));
  const next = await watching(at('plugin'));
  await rename(at('plugin'), at('old'));
  await rename(at('other'), at('plugin'));
  expect([await next(), await next()]).toEqual(['gone', 'back']);
});

test('one that is removed and made again counts as another, also under the same number', async () => {
  await mkdir(at('plugin'));
  await change(at('plugin'));
  const next = await watching(at('plugin'));
  await rm(at('plugin'), { recursive: true });
  await mkdir(at('plugin'));
  await writeFile(at('plugin/a'), '');
  expect([await next(), await next()]).toEqual(['gone', 'back']);
});

test('what changes inside, and a file in its place, are told for what they are', async () => {
  await mkdir(at('plugin'));
  const next = await watching(at('plugin'));
  await writeFile(at('plugin/a'), '');
  expect(await presence?.isThere()).toBe(true);
  await rename(at('plugin'), at('old'));
  await writeFile(at('plugin'), '');
  expect(await next()).toBe('gone');
  expect(await presence?.isThere()).toBe(false);
});
