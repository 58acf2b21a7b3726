import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFolderChanges, LARGEST_TEXT } from './folder-changes';
import { temporaryFolder } from './temporary-folder.fixture';
import { versionOf } from './version-of';

const base = temporaryFolder();
const changes = createFolderChanges();
let folder = '';

const at = (path: string) => join(folder, path);

beforeEach(async () => {
  folder = join(base.path, 'plugin');
  await mkdir(at('src'), { recursive: true });
  await writeFile(at('src/a.ts'), 'old');
});

describe('saving', () => {
  test.each([versionOf('old'), null])('of windows that save over the same version one wins: %s', async (version) => {
    const path = version === null ? 'src/new/b.ts' : 'src/a.ts';
    const texts = Array.from({ length: 8 }, (_, index) => `window ${index}`);
    const outcomes = await Promise.allSettled(texts.map((text) => changes.write(folder, path, text, version)));
    const kept = await readFile(at(path), 'utf8');
    const saved = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [texts[index]] : []));
    expect(saved).toEqual([kept]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({
          code: 'workspace/changed-on-disk',
          data: { text: kept, version: versionOf(kept) },
        });
      }
    }
  });

  test('through two links to one file is saving one file', async () => {
    await symlink('src', at('link'));
    const outcomes = await Promise.allSettled(
      ['src/a.ts', 'link/a.ts'].map((path) => changes.write(folder, path, `by ${path}`, versionOf('old'))),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('without a version writes whatever is there', async () => {
    const texts = ['one', 'two'];
    await Promise.all(texts.map((text) => changes.write(folder, 'src/a.ts', text)));
    expect(texts).toContain(await readFile(at('src/a.ts'), 'utf8'));
  });

  test('a file that is gone makes no folder for it', async () => {
    await expect(changes.write(folder, 'gone/a.ts', 'new', versionOf('old'))).rejects.toMatchObject({
      code: 'workspace/changed-on-disk',
      data: { version: null },
    });
    expect(await readdir(folder)).toEqual(['src']);
  });

  test('more than can be read again is refused with the limit, and the file can be saved from then on', async () => {
    const tooMuch = 'ä'.repeat(LARGEST_TEXT / 2 + 1);
    await expect(changes.write(folder, 'src/a.ts', tooMuch, versionOf('old'))).rejects.toMatchObject({
      code: 'workspace/too-large',
      message: expect.stringContaining('up to 5.0 MB'),
    });
    await changes.write(folder, 'src/a.ts', 'x'.repeat(LARGEST_TEXT), versionOf('old'));
  });

  test.each([
    ['too large', 'x'.repeat(LARGEST_TEXT + 1)],
    ['no text', 'a\0b'],
  ])('over what has become %s is a conflict like any other, or goes on where that is known', async (_why, found) => {
    await writeFile(at('src/a.ts'), found);
    await expect(changes.write(folder, 'src/a.ts', 'new', versionOf('old'))).rejects.toMatchObject({
      code: 'workspace/changed-on-disk',
      data: { text: '', version: versionOf(found) },
    });
    await changes.write(folder, 'src/a.ts', 'new', versionOf(found));
    expect(await readFile(at('src/a.ts'), 'utf8')).toBe('new');
  });

  test.each<[string, () => Promise<void>]>([
    ['renamed', () => changes.rename(folder, 'src', 'lib')],
    ['removed', () => changes.remove(folder, 'src')],
  ])('goes on to its end before its folder is %s', async (_what, change) => {
    let isSaved = false;
    const saving = changes.write(folder, 'src/a.ts', 'x'.repeat(LARGEST_TEXT), versionOf('old')).then(() => {
      isSaved = true;
    });
    while ((await readdir(at('src'))).length === 1 && !isSaved);
    const changing = change();
    await saving;
    await changing;
    expect((await readdir(folder)).filter((name) => name === 'src')).toEqual([]);
    expect(await readdir(at('lib')).catch(() => ['a.ts'])).toEqual(['a.ts']);
  });

  test('the folder itself is refused', async () => {
    await expect(changes.write(folder, '', 'new')).rejects.toMatchObject({ code: 'workspace/outside' });
  });
});

describe('a link', () => {
  test('that is removed leaves what it led to', async () => {
    await symlink('src', at('link'));
    await symlink('a.ts', at('src/b.ts'));
    await symlink(base.path, at('out'));
    await symlink('gone', at('nowhere'));
    for (const path of ['link', 'src/b.ts', 'out', 'nowhere']) await changes.remove(folder, path);
    expect(await readdir(folder)).toEqual(['src']);
    expect(await readdir(at('src'))).toEqual(['a.ts']);
  });

  test('that is renamed still leads where it led', async () => {
    await symlink('src', at('link'));
    await changes.rename(folder, 'link', 'other');
    expect(await readlink(at('other'))).toBe('src');
    expect((await lstat(at('src'))).isDirectory()).toBe(true);
  });

  test('is in the way of a new name, also where it leads nowhere', async () => {
    await symlink('gone', at('nowhere'));
    for (const attempt of [
      () => changes.rename(folder, 'src', 'nowhere'),
      () => changes.createFolder(folder, 'nowhere'),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'workspace/exists' });
    }
  });
});

describe('what cannot be done is told by name, with what to do', () => {
  const tooLong = 'x'.repeat(300);

  test.each<[string, () => Promise<unknown>, string, string]>([
    ['a folder of too long a name', () => changes.createFolder(folder, tooLong), 'workspace/bad-name', 'shorter'],
    ['a folder in a file', () => changes.createFolder(folder, 'src/a.ts/b'), 'workspace/not-a-folder', 'another place'],
    ['a folder that is there', () => changes.createFolder(folder, 'src'), 'workspace/exists', 'another name'],
    ['a new name that is taken', () => changes.rename(folder, 'src/a.ts', 'src'), 'workspace/exists', 'another name'],
    ['too long a new name', () => changes.rename(folder, 'src', tooLong), 'workspace/bad-name', 'shorter'],
    ['a folder into itself', () => changes.rename(folder, 'src', 'src/in/src'), 'workspace/bad-name', 'into itself'],
    ['a file that is gone', () => changes.rename(folder, 'gone', 'new/gone'), 'workspace/not-found', 'gone does not'],
    ['removing what is gone', () => changes.remove(folder, 'gone'), 'workspace/not-found', 'gone does not exist'],
    ['removing the folder itself', () => changes.remove(folder, '.'), 'workspace/outside', 'inside the plugin'],
    ['removing too long a name', () => changes.remove(folder, tooLong), 'workspace/bad-name', 'shorter'],
  ])('%s', async (_name, attempt, code, remedy) => {
    await expect(attempt()).rejects.toMatchObject({ code, message: expect.stringContaining(remedy) });
    expect(await readdir(folder)).toEqual(['src']);
    expect(await readFile(at('src/a.ts'), 'utf8')).toBe('old');
  });
});

test('files and folders are made, moved with the folders on the way, and removed with what is in them', async () => {
  await changes.createFolder(folder, 'docs/deep');
  await changes.rename(folder, 'src/a.ts', 'docs/deep/er/b.ts');
  expect(await readFile(at('docs/deep/er/b.ts'), 'utf8')).toBe('old');
  await changes.remove(folder, 'docs');
  expect(await readdir(folder)).toEqual(['src']);
});
