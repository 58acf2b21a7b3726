import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWindowFile } from './read-window-file';

let top: string;
let folder: string;

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'window-files-'));
  folder = join(top, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<title>Studio</title>');
  await writeFile(join(folder, 'assets', 'index-Bx_1.js'), 'start()');
  await writeFile(join(folder, '.hidden'), 'hidden');
  await writeFile(join(top, 'secret.txt'), 'secret');
});

afterAll(() => rm(top, { recursive: true }));

const textOf = async (path: string) => {
  const file = await readWindowFile(folder, path);
  return file === undefined ? undefined : Buffer.from(file.bytes).toString();
};

test('the root is the window itself', async () => {
  expect(await textOf('/')).toBe('<title>Studio</title>');
});

test('a script comes with the type that lets the browser run it', async () => {
  const file = await readWindowFile(folder, '/assets/index-Bx_1.js');
  expect(file?.type).toBe('text/javascript; charset=utf-8');
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..\\..\\..\\secret.txt',
  '//secret.txt',
  '/.hidden',
  '/index.html%00',
  '/index.html/',
  '',
])('the path %j leads to no file', async (path) => {
  expect(await textOf(path)).toBeUndefined();
});

test('a folder and a file that is not there are no files', async () => {
  expect(await textOf('/assets')).toBeUndefined();
  expect(await textOf('/assets/gone.js')).toBeUndefined();
  expect(await textOf('/index.html/inside')).toBeUndefined();
});
