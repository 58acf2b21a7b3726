import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from '@shared/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.fixture';
import { type WatchOptions, watchFolder } from './watch-folder';
import { writeAtomically } from './write-atomically';

const folder = temporaryFolder();
const at = (path: string) => join(folder.path, path);
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Hands out the batches in order, each as soon as it came. */
async function watching(options?: WatchOptions) {
  const batches: FileChange[][] = [];
  let wake = () => {};
  stops.push(
    await watchFolder(
      folder.path,
      (changes) => {
        batches.push(changes);
        wake();
      },
      options,
    ),
  );
  return async (): Promise<FileChange[]> => {
    while (batches.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return batches.shift()!;
  };
}

const sorted = (changes: FileChange[]) => changes.map(({ kind, path }) => `${kind} ${path}`).sort();

describe('watchFolder', () => {
  test('reports what is made, changed and deleted, with paths relative to the folder', async () => {
    await mkdir(at('src'));
    const next = await watching();
    await writeFile(at('src/a.ts'), '1');
    expect(await next()).toEqual([{ path: 'src/a.ts', kind: 'created' }]);
    await writeFile(at('src/a.ts'), '22');
    expect(await next()).toEqual([{ path: 'src/a.ts', kind: 'changed' }]);
    await rm(at('src/a.ts'));
    expect(await next()).toEqual([{ path: 'src/a.ts', kind: 'deleted' }]);
  });

  test('changes at the same time come as one batch', async () => {
    const next = await watching();
    await Promise.all(['a', 'b', 'c'].map((name) => writeFile(at(name), name)));
    expect(sorted(await next())).toEqual(['created a', 'created b', 'created c']);
  });

  test('an atomic save is one change of one file', async () => {
    await writeFile(at('a.yaml'), 'old');
    const next = await watching();
    await writeAtomically(at('a.yaml'), 'new');
    expect(await next()).toEqual([{ path: 'a.yaml', kind: 'changed' }]);
    await writeFile(at('end'), '');
    expect(await next()).toEqual([{ path: 'end', kind: 'created' }]);
  });

  test('a file moved away and another put in its place is a change', async () => {
    await writeFile(at('a.yaml'), 'old');
    const next = await watching();
    await writeFile(at('b.yaml'), 'other');
    expect(await next()).toEqual([{ path: 'b.yaml', kind: 'created' }]);
    await rename(at('b.yaml'), at('a.yaml'));
    expect(sorted(await next())).toEqual(['changed a.yaml', 'deleted b.yaml']);
  });

  test('node_modules and .git stay unseen at any depth', async () => {
    await mkdir(at('sub/node_modules/pkg'), { recursive: true });
    await mkdir(at('.git'));
    const next = await watching();
    await writeFile(at('sub/node_modules/pkg/index.js'), '');
    await writeFile(at('.git/index'), '');
    await writeFile(at('sub/seen'), '');
    expect(await next()).toEqual([{ path: 'sub/seen', kind: 'created' }]);
  });

  test('only what was asked for is seen, also in a folder made later', async () => {
    const next = await watching({ only: (path) => path === 'config' || path.startsWith('config/') });
    await writeFile(at('other'), '');
    await mkdir(at('config'));
    await writeFile(at('config/a.yaml'), '');
    const seen = new Set(sorted(await next()));
    while (!seen.has('created config/a.yaml')) for (const change of sorted(await next())) seen.add(change);
    expect([...seen].sort()).toEqual(['created config', 'created config/a.yaml']);
  });

  test('a link out of the folder is not followed', async () => {
    await mkdir(at('outside'));
    await mkdir(at('plugin'));
    await symlink(at('outside'), at('plugin/link'));
    const batches: FileChange[][] = [];
    const seen = new Promise<void>((resolve) => {
      void watchFolder(at('plugin'), (changes) => {
        batches.push(changes);
        resolve();
      }).then(async (stop) => {
        stops.push(stop);
        await writeFile(at('outside/secret'), '');
        await writeFile(at('plugin/own'), '');
      });
    });
    await seen;
    expect(batches.flat()).toEqual([{ path: 'own', kind: 'created' }]);
  });

  test('a folder that does not exist is refused', async () => {
    await expect(watchFolder(at('gone'), () => {})).rejects.toMatchObject({ code: 'workspace/not-found' });
  });

  test('after it was stopped nothing is reported, not even what was on its way', async () => {
    const heard: FileChange[] = [];
    const stop = await watchFolder(folder.path, (changes) => heard.push(...changes));
    const next = await watching();
    await writeFile(at('a'), '');
    stop();
    expect(await next()).toEqual([{ path: 'a', kind: 'created' }]);
    expect(heard).toEqual([]);
  });
});
