import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { createExamples } from './examples';

const base = temporaryFolder();
const own = () => join(base.path, 'own');
const examples = () => createExamples(base.path, own());

beforeEach(async () => {
  const folder = join(base.path, 'examples', 'finder');
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'plugin.json'), JSON.stringify({ description: 'Finds.', plugin_type: 'analyzer' }));
  await writeFile(join(folder, 'src', 'index.ts'), 'theirs');
});

test('examples are in the order of the types, then of their names, however the disk has them', async () => {
  for (const [name, plugin_type] of [
    ['a-sender', 'notifier'],
    ['z-finder', 'analyzer'],
    ['b-finder', 'analyzer'],
    ['a-knower', 'enricher'],
  ] as const) {
    const folder = join(base.path, 'examples', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'plugin.json'), JSON.stringify({ description: 'Does.', plugin_type }));
  }
  const names = (await examples().list()).map(({ name }) => name);
  expect(names).toEqual(['b-finder', 'finder', 'z-finder', 'a-knower', 'a-sender']);
});

test('an example is copied once, and then is the person’s own', async () => {
  const folder = await examples().copyOf('finder');
  await writeFile(join(folder, 'src', 'index.ts'), 'mine');
  expect(await examples().copyOf('finder')).toBe(folder);
  expect(await readFile(join(folder, 'src', 'index.ts'), 'utf8')).toBe('mine');
});

test('what somebody asks for twice at once is copied once', async () => {
  const { copyOf } = examples();
  const folders = await Promise.all(Array.from({ length: 4 }, () => copyOf('finder')));
  expect(new Set(folders)).toEqual(new Set([join(own(), 'finder')]));
  expect(await readdir(own())).toEqual(['finder']);
});

test('a copy that lost its plugin.json is kept beside the new one, with all that is in it', async () => {
  const folder = await examples().copyOf('finder');
  await writeFile(join(folder, 'src', 'index.ts'), 'mine');
  await rm(join(folder, 'plugin.json'));
  await examples().copyOf('finder');
  const [fresh, old, ...others] = (await readdir(own())).sort();
  expect([fresh, others]).toEqual(['finder', []]);
  expect(old).toMatch(/^finder\.old-\d+$/);
  expect(await readFile(join(own(), old!, 'src', 'index.ts'), 'utf8')).toBe('mine');
  expect(await readFile(join(folder, 'src', 'index.ts'), 'utf8')).toBe('theirs');
});

test('an example that does not exist is refused with those that do', async () => {
  await expect(examples().copyOf('../finder')).rejects.toMatchObject({
    code: 'examples/unknown',
    message: expect.stringContaining('Known: finder.'),
  });
});
