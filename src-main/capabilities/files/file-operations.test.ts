import { execFileSync } from 'node:child_process';
import { link, mkdir, readdir, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { StudioError } from '@shared/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../files/temporary-folder.fixture';
import { createFileOperations, type FileOperations } from './file-operations';

const base = temporaryFolder();
const closers: (() => void)[] = [];
let files: FileOperations;
let given: string[];
const inPlugin = (...names: string[]) => join(base.path, 'plugin', ...names);
const inOutside = (...names: string[]) => join(base.path, 'outside', ...names);

beforeEach(async () => {
  for (const name of ['plugin', 'temp', 'outside', 'given']) await mkdir(join(base.path, name));
  await writeFile(inOutside('canary'), 'secret');
  await writeFile(inPlugin('plugin.json'), '{}');
  given = [];
  files = createFileOperations({
    folder: inPlugin(),
    tempFolder: join(base.path, 'temp'),
    givenPaths: () => given,
  });
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const read = async (path: string) => Buffer.from((await files['file-read']({ path })).base64, 'base64').toString();
const write = (path: string, text: string, append = false) =>
  files['file-write']({ path, base64: base64(text), append });

const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StudioError)) throw new Error(`Nothing was refused: ${String(error)}`);
  return `${error.code} ${String(error.data.reason)}`;
};

describe('files of a plugin', () => {
  it('are written whole, appended to, read, listed and removed', async () => {
    await files['folder-make']({ path: 'data/deep' });
    await write('data/deep/a.txt', 'one');
    await write('data/deep/a.txt', ' two', true);
    await write('data/deep/new.txt', 'first', true);
    expect(await read('data/deep/a.txt')).toBe('one two');
    expect(await files['file-list']({ path: 'data/deep' })).toEqual([
      { name: 'a.txt', kind: 'file', size: 7, modified: expect.stringMatching(/Z$/) },
      { name: 'new.txt', kind: 'file', size: 5, modified: expect.stringMatching(/Z$/) },
    ]);
    expect(await files['file-stat']({ path: inPlugin('data') })).toMatchObject({
      name: 'data',
      kind: 'folder',
      size: 0,
    });
    expect(await files['file-stat']({ path: 'data/none' })).toBeNull();
    await files['file-remove']({ path: 'data/deep/a.txt' });
    await files['file-remove']({ path: 'data/deep/new.txt' });
    await files['file-remove']({ path: 'data/deep' });
    expect(await readdir(inPlugin('data'))).toEqual([]);
  });

  it('say what the system said, without paths of the host', async () => {
    const error = await files['file-read']({ path: 'none.txt' }).catch((thrown: StudioError) => thrown);
    expect(error).toMatchObject({ code: 'capabilities/failed', data: { reason: 'ENOENT' } });
    expect((error as StudioError).message).toBe('none.txt: ENOENT: no such file or directory.');
    expect(await refusal(write('no-folder/a.txt', 'x'))).toBe('capabilities/failed ENOENT');
    await mkdir(inPlugin('full'));
    await writeFile(inPlugin('full/a'), '');
    expect(await refusal(files['file-remove']({ path: 'full' }))).toBe('capabilities/failed ENOTEMPTY');
    expect(await refusal(write('full', 'x'))).toBe('capabilities/failed EISDIR');
  });

  it.each([
    ['upwards', () => '../outside/canary'],
    ['upwards after a folder', () => 'data/../../outside/canary'],
    ['absolute', () => inOutside('canary')],
    ['a device', () => '/dev/zero'],
    ["the host's own memory", () => '/proc/self/environ'],
    ['a folder whose name only begins the same', () => `${inPlugin()}-other/x`],
  ])('are out of reach %s', async (_, path) => {
    expect(await refusal(files['file-read']({ path: path() }))).toMatch(/^capabilities\/denied outside$/);
    expect(await refusal(write(path(), 'x'))).toMatch(/^capabilities\/denied outside$/);
    expect(await refusal(files['file-remove']({ path: path() }))).toMatch(/^capabilities\/denied outside$/);
    expect(await readFile(inOutside('canary'), 'utf8')).toBe('secret');
  });

  it('follow no link that leads out, at whatever place of the path', async () => {
    await symlink(inOutside(), inPlugin('out'));
    await symlink(inOutside('canary'), inPlugin('file-out'));
    await symlink(inOutside('not-there'), inPlugin('dangling'));
    await symlink('out', inPlugin('twice'));
    await symlink('loop', inPlugin('loop'));
    for (const path of ['out/canary', 'file-out', 'twice/canary']) {
      expect(await refusal(files['file-read']({ path }))).toBe('capabilities/denied link');
      expect(await refusal(write(path, 'x'))).toBe('capabilities/denied link');
    }
    for (const path of ['dangling', 'out/new', 'dangling/new']) {
      expect(await refusal(write(path, 'x'))).toBe('capabilities/denied link');
      expect(await refusal(write(path, 'x', true))).toBe('capabilities/denied link');
    }
    expect(await refusal(files['file-list']({ path: 'out' }))).toBe('capabilities/denied link');
    expect(await refusal(files['file-read']({ path: 'loop' }))).toBe('capabilities/failed ELOOP');
    expect((await files['file-list']({ path: '.' })).map(({ name }) => name)).toEqual(['plugin.json']);
    await files['file-remove']({ path: 'file-out' });
    expect(await readFile(inOutside('canary'), 'utf8')).toBe('secret');
    expect(await readdir(inOutside())).toEqual(['canary']);
  });

  it('follow a link that stays inside', async () => {
    await writeFile(inPlugin('real.txt'), 'here');
    await symlink('real.txt', inPlugin('alias.txt'));
    expect(await read('alias.txt')).toBe('here');
    await write('alias.txt', 'there');
    expect(await readFile(inPlugin('real.txt'), 'utf8')).toBe('there');
  });

  it('never let a folder that is swapped for a link lead out', async () => {
    await mkdir(inPlugin('data'));
    await writeFile(inPlugin('data/canary'), 'mine');
    let swapping = true;
    const swap = async () => {
      for (let turn = 0; swapping; turn++) {
        await rename(inPlugin('data'), inPlugin(`old-${turn}`));
        await symlink(inOutside(), inPlugin('data'));
        await rename(inPlugin('data'), inPlugin('link'));
        await files['file-remove']({ path: 'link' });
        await rename(inPlugin(`old-${turn}`), inPlugin('data'));
      }
    };
    const swapped = swap();
    const texts = new Set<string>();
    for (let turn = 0; turn < 300; turn++) {
      await read('data/canary').then(
        (text) => texts.add(text),
        () => undefined,
      );
      await write('data/planted', 'x').catch(() => undefined);
    }
    swapping = false;
    await swapped;
    expect(texts.has('secret')).toBe(false);
    expect(await readdir(inOutside())).toEqual(['canary']);
  });

  it.each([
    'plugin.json',
    'PLUGIN.JSON',
    'config/x.yaml',
    'Config',
    'package.json',
    '.git/hooks/pre-commit',
    '.envrc',
    'src/node_modules/a/index.js',
  ])('leave %s to the person', async (path) => {
    expect(await refusal(write(path, '{}'))).toBe('capabilities/denied guarded');
    expect(await refusal(files['file-remove']({ path }))).toBe('capabilities/denied guarded');
    expect(await refusal(files['folder-make']({ path }))).toBe('capabilities/denied guarded');
    expect(await readFile(inPlugin('plugin.json'), 'utf8')).toBe('{}');
  });

  it('may be read where a run was given them, and not changed', async () => {
    const sample = join(base.path, 'given', 'sample.txt');
    await writeFile(sample, 'sample');
    expect(await refusal(files['file-read']({ path: sample }))).toBe('capabilities/denied outside');
    given = [sample];
    expect(await read(sample)).toBe('sample');
    expect(await refusal(files['file-list']({ path: join(base.path, 'given') }))).toBe('capabilities/denied outside');
    given = [join(base.path, 'given')];
    expect(await files['file-list']({ path: join(base.path, 'given') })).toHaveLength(1);
    expect(await refusal(write(sample, 'x'))).toBe('capabilities/denied read-only');
    expect(await refusal(files['file-remove']({ path: sample }))).toBe('capabilities/denied read-only');
  });

  it('may be made in the temporary folder, whatever their name', async () => {
    const path = join(base.path, 'temp', '.cache/config');
    await files['folder-make']({ path: join(base.path, 'temp', '.cache') });
    await write(path, 'x');
    expect(await read(path)).toBe('x');
    expect(await refusal(files['file-remove']({ path: join(base.path, 'temp') }))).toBe('capabilities/denied guarded');
  });

  it('are never pipes or sockets, at which one would wait for ever', async () => {
    execFileSync('mkfifo', [inPlugin('pipe')]);
    const server = createServer();
    closers.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(inPlugin('socket'), resolve));
    for (const path of ['pipe', 'socket']) {
      expect(await refusal(files['file-read']({ path }))).toMatch(/^capabilities\/failed EISDIR$/);
      expect(await refusal(write(path, 'x', true))).toMatch(/^capabilities\/failed EISDIR$/);
      expect(await refusal(write(path, 'x'))).toBe('capabilities/failed EEXIST');
      expect(await files['file-stat']({ path })).toBeNull();
    }
  });

  it('are read up to 24 MB', async () => {
    await writeFile(inPlugin('large'), '');
    await truncate(inPlugin('large'), 24 * 1024 * 1024);
    expect((await files['file-read']({ path: 'large' })).base64).toHaveLength(32 * 1024 * 1024);
    await truncate(inPlugin('large'), 24 * 1024 * 1024 + 1);
    expect(await refusal(files['file-read']({ path: 'large' }))).toBe('capabilities/too-large undefined');
  });

  it('keep an old file whole until the new one is complete, also where it has two names', async () => {
    await writeFile(inPlugin('a'), 'old');
    await link(inPlugin('a'), inPlugin('b'));
    await write('a', 'new');
    expect(await readFile(inPlugin('b'), 'utf8')).toBe('old');
    expect(await readFile(inPlugin('a'), 'utf8')).toBe('new');
    expect(await refusal(files['file-read']({ path: 'a\0b' }))).toBe('capabilities/invalid nul');
  });
});
