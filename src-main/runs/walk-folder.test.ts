import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './run-samples.fixture';
import { type WalkItem, walkFolder } from './walk-folder';

async function treeOf(paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
  return folder;
}

async function walked(folder: string, signal?: AbortSignal): Promise<WalkItem[]> {
  const items: WalkItem[] = [];
  for await (const item of walkFolder(folder, signal)) items.push(item);
  return items;
}

const pathsOf = (items: readonly WalkItem[]) => items.map(({ path }) => path);

/** Root may read everything, so it has to be somebody else to be refused. */
async function asNobody<Value>(task: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return task();
  process.seteuid?.(65_534);
  try {
    return await task();
  } finally {
    process.seteuid?.(0);
  }
}

test('every file is met once, in the order of the names', async () => {
  const folder = await treeOf(['b.py', 'a/z.py', 'a/b/c.py', 'c/.hidden', 'a.py']);
  expect(pathsOf(await walked(folder))).toEqual(['a/b/c.py', 'a/z.py', 'a.py', 'b.py', 'c/.hidden']);
});

test('links to what is in the folder are left out without a word, since it is met by itself, and so is .git', async () => {
  const folder = await treeOf(['.git/config', 'real.py', 'sub/.git/HEAD', 'sub/x.py']);
  await symlink(folder, join(folder, 'sub', 'round'));
  await symlink(join(folder, 'real.py'), join(folder, 'link.py'));
  expect(pathsOf(await walked(folder))).toEqual(['real.py', 'sub/x.py']);
});

test.runIf(process.platform !== 'win32')(
  'what is passed over and met nowhere else is told with the reason',
  async () => {
    const outside = await treeOf(['secret.py']);
    const folder = await treeOf(['.git/config', 'x.py']);
    await symlink(join(outside, 'secret.py'), join(folder, 'a-out'));
    await symlink('nowhere.py', join(folder, 'b-dangling'));
    await symlink('.git', join(folder, 'c-git'));
    await symlink('d-itself', join(folder, 'd-itself'));
    execFileSync('mkfifo', [join(folder, 'e-pipe')]);
    const server = createServer().listen(join(folder, 'f-socket'));
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const items = await walked(folder);
    expect(items.flatMap((item) => (item.kind === 'passed-over' ? [[item.path, item.reason]] : []))).toEqual([
      ['a-out', `it is a link out of the folder, to ${outside}/secret.py`],
      ['b-dangling', 'it is a link to nowhere.py, which cannot be reached'],
      ['c-git', 'it is a link into .git'],
      ['d-itself', 'it is a link to d-itself, which cannot be reached'],
      ['e-pipe', 'it is a pipe'],
      ['f-socket', 'it is a socket'],
    ]);
    expect(pathsOf(items)).toContain('x.py');
  },
);

test('a folder that may not be listed is told, and the walk goes on', async () => {
  const folder = await treeOf(['a/secret.py', 'b.py']);
  await chmod(folder, 0o755);
  await chmod(join(folder, 'a'), 0o000);
  const items = await asNobody(() => walked(folder));
  await chmod(join(folder, 'a'), 0o755);
  expect(items).toEqual([
    { kind: 'unreadable', path: 'a', reason: 'you may not read it' },
    { kind: 'file', path: 'b.py', absolute: join(folder, 'b.py') },
  ]);
});

test('a folder that is not there is told', async () => {
  const folder = join(await temporaryFolder(), 'gone');
  expect(await walked(folder)).toEqual([{ kind: 'unreadable', path: '.', reason: 'it is gone' }]);
});

test('an aborted walk ends', async () => {
  const folder = await treeOf(['a.py', 'b.py', 'c.py']);
  const abort = new AbortController();
  const items: WalkItem[] = [];
  for await (const item of walkFolder(folder, abort.signal)) {
    items.push(item);
    abort.abort();
  }
  expect(items).toHaveLength(1);
});

test('more names than are held at once are all met', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `${index}/f.py`);
  const items = walkFolder(await treeOf(names), undefined, 3);
  const met: string[] = [];
  for await (const { path } of items) met.push(path);
  expect(met.sort()).toEqual(names.sort());
});

test('whatever the tree, what is walked is what was written', async () => {
  const name = fc.stringMatching(/^[a-z]{1,3}$/);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}/f.py`);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path, { maxLength: 12 }), async (paths) => {
      expect(pathsOf(await walked(await treeOf(paths))).sort()).toEqual([...paths].sort());
    }),
    { numRuns: 25 },
  );
});
