import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './run-samples.fixture';
import { createSampleStore } from './sample-store';

async function setUp() {
  const root = await temporaryFolder();
  const folder = join(root, 'plugin');
  const elsewhere = join(root, 'elsewhere');
  await mkdir(join(folder, 'samples', 'sub'), { recursive: true });
  await mkdir(elsewhere);
  await writeFile(join(folder, 'samples', 'a.py'), 'a = 1');
  await writeFile(join(folder, 'samples', 'sub', 'b.py'), 'b = 2');
  await writeFile(join(elsewhere, 'c.py'), 'c = 3');
  const pasteFolder = join(root, 'pasted');
  return { folder, elsewhere, pasteFolder, store: createSampleStore({ pasteFolder }) };
}

test('a plugin has the files and folders of its samples/, with stable ids', async () => {
  const { folder, store } = await setUp();
  const samples = await store.list(folder);
  expect(samples.map(({ id, name, kind, size }) => [id, name, kind, size])).toEqual([
    ['samples/a.py', 'a.py', 'file', 5],
    ['samples/sub', 'sub', 'folder', 0],
    ['samples/sub/b.py', 'sub/b.py', 'file', 5],
  ]);
  expect(await store.read(folder, 'samples/sub/b.py')).toEqual({ name: 'sub/b.py', text: 'b = 2', size: 5 });
  expect((await store.read(folder, 'samples/sub', 'b.py')).text).toBe('b = 2');
});

test('a plugin without samples/ has none', async () => {
  const { elsewhere, store } = await setUp();
  expect(await store.list(elsewhere)).toEqual([]);
});

test('a chosen file is listed again by the next studio, until it is forgotten', async () => {
  const { folder, elsewhere, pasteFolder, store } = await setUp();
  const path = join(elsewhere, 'c.py');
  const chosen = await store.choose(folder, path);
  expect(chosen).toMatchObject({ id: `chosen:${path}`, kind: 'file', origin: 'chosen', path, size: 5 });
  const next = createSampleStore({ pasteFolder });
  expect((await next.list(folder)).map(({ id }) => id)).toContain(`chosen:${path}`);
  expect((await next.read(folder, chosen.id)).text).toBe('c = 3');
  await next.forget(folder, chosen.id);
  expect((await next.list(folder)).map(({ origin }) => origin)).not.toContain('chosen');
  await expect(next.read(folder, chosen.id)).rejects.toMatchObject({ code: 'runs/no-sample' });
});

test('a chosen file that is gone is not listed, and reading it says so', async () => {
  const { folder, elsewhere, store } = await setUp();
  const { id } = await store.choose(folder, join(elsewhere, 'c.py'));
  await rm(join(elsewhere, 'c.py'));
  expect((await store.list(folder)).map((sample) => sample.id)).not.toContain(id);
  await expect(store.read(folder, id)).rejects.toMatchObject({ code: 'runs/no-sample' });
});

test('pasted text keeps its name whatever it is; pasting it again replaces it', async () => {
  const { folder, store } = await setUp();
  for (const name of ['query.py', '../../up', '..', 'a*b?/c', 'päste 1']) {
    const { id } = await store.paste(folder, name, `text of ${name}`);
    expect(id).toBe(`pasted:${name}`);
    expect((await store.read(folder, id)).text).toBe(`text of ${name}`);
  }
  await store.paste(folder, 'query.py', 'second');
  expect((await store.read(folder, 'pasted:query.py')).text).toBe('second');
  const pasted = (await store.list(folder)).filter(({ origin }) => origin === 'pasted');
  expect(pasted).toHaveLength(5);
  await store.forget(folder, 'pasted:query.py');
  await expect(store.read(folder, 'pasted:query.py')).rejects.toMatchObject({ code: 'runs/no-sample' });
});

test('a file that pasting never made, beside pasted ones, is no sample and hides none', async () => {
  const { folder, pasteFolder, store } = await setUp();
  await store.paste(folder, '100 %', 'x');
  const [kept = ''] = await readdir(pasteFolder);
  for (const name of ['100%.txt', '%E0%A4%A.txt', '%00.txt', 'a b.txt', '.txt']) {
    await writeFile(join(pasteFolder, kept, name), 'y');
  }
  const pasted = (await store.list(folder)).filter(({ origin }) => origin === 'pasted');
  expect(pasted.map(({ name }) => name)).toEqual(['100 %']);
});

test('pasted text of one plugin is not seen by another', async () => {
  const { folder, elsewhere, store } = await setUp();
  await store.paste(folder, 'mine', 'x');
  expect(await store.list(elsewhere)).toEqual([]);
});

test('a name without a character and a text above the limit are refused', async () => {
  const { folder, store } = await setUp();
  await expect(store.paste(folder, ' ', 'x')).rejects.toMatchObject({ code: 'runs/bad-name' });
  await expect(store.paste(folder, 'a\u0000b', 'x')).rejects.toMatchObject({ code: 'runs/bad-name' });
  await expect(store.paste(folder, 'big', 'x'.repeat(10 * 1024 * 1024 + 1))).rejects.toMatchObject({
    code: 'runs/sample-too-large',
  });
});

test('nothing outside what is listed can be read', async () => {
  const { folder, elsewhere, store } = await setUp();
  await symlink(elsewhere, join(folder, 'samples', 'out'));
  const outside = [
    [`chosen:${join(elsewhere, 'c.py')}`, 'runs/no-sample'],
    ['samples/../plugin.json', 'workspace/outside'],
    ['samples/out/c.py', 'workspace/outside'],
    ['plugin.json', 'runs/no-sample'],
    ['pasted:../x', 'runs/no-sample'],
  ] as const;
  for (const [id, code] of outside) await expect(store.read(folder, id)).rejects.toMatchObject({ code });
  await store.choose(folder, elsewhere);
  await expect(store.read(folder, `chosen:${elsewhere}`, '../plugin/samples/a.py')).rejects.toMatchObject({
    code: 'workspace/outside',
  });
  expect((await store.list(folder)).map(({ id }) => id)).not.toContain('samples/out');
});
