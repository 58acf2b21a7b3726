import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.fixture';
import { writeAtomically } from './write-atomically';

const folder = temporaryFolder();

describe('writeAtomically', () => {
  test('makes a file that was not there, and leaves nothing beside it', async () => {
    await writeAtomically(join(folder.path, 'a.txt'), 'grüß');
    expect(await readFile(join(folder.path, 'a.txt'), 'utf8')).toBe('grüß');
    expect(await readdir(folder.path)).toEqual(['a.txt']);
  });

  test('replaces the content with bytes and keeps the mode', async () => {
    const path = join(folder.path, 'run.sh');
    await writeFile(path, 'old');
    await chmod(path, 0o754);
    await writeAtomically(path, new Uint8Array([0xff, 0x00]));
    expect([...(await readFile(path))]).toEqual([0xff, 0x00]);
    expect((await stat(path)).mode & 0o7777).toBe(0o754);
  });

  test('a reader never sees a part of a save', async () => {
    const path = join(folder.path, 'big.txt');
    const versions = ['a', 'b'].map((letter) => letter.repeat(2_000_000));
    await writeFile(path, versions[0]!);
    let saving = true;
    const saves = (async () => {
      for (let round = 0; round < 6; round += 1) await writeAtomically(path, versions[round % 2]!);
      saving = false;
    })();
    let reads = 0;
    while (saving) {
      expect(versions.includes(await readFile(path, 'utf8'))).toBe(true);
      reads += 1;
    }
    await saves;
    expect(reads).toBeGreaterThan(0);
  });

  test('of two saves at once one wins whole', async () => {
    const path = join(folder.path, 'both.txt');
    await Promise.all([writeAtomically(path, 'first'.repeat(10_000)), writeAtomically(path, 'second'.repeat(10_000))]);
    expect(['first'.repeat(10_000), 'second'.repeat(10_000)]).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder.path)).toEqual(['both.txt']);
  });

  test('a save that fails keeps the old file and leaves no temporary one', async () => {
    const path = join(folder.path, 'kept.txt');
    await writeFile(path, 'old');
    const unwritable = { toString: () => 'not bytes' } as unknown as string;
    await expect(writeAtomically(path, unwritable)).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['kept.txt']);
  });

  test('what is asked last finds the new content complete, and where it refuses the old file stays', async () => {
    const path = join(folder.path, 'kept.txt');
    await writeFile(path, 'old');
    let beside: string[] = [];
    const beforeReplacing = async () => {
      const names = (await readdir(folder.path)).filter((name) => name !== 'kept.txt');
      beside = await Promise.all(names.map((name) => readFile(join(folder.path, name), 'utf8')));
      throw new Error('not now');
    };
    await expect(writeAtomically(path, 'new', { beforeReplacing })).rejects.toThrow('not now');
    expect(beside).toEqual(['new']);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['kept.txt']);
  });

  test('a folder in the place of the file is refused and kept', async () => {
    await mkdir(join(folder.path, 'taken', 'inner'), { recursive: true });
    await expect(writeAtomically(join(folder.path, 'taken'), 'x')).rejects.toMatchObject({
      code: 'workspace/not-a-file',
    });
    expect(await readdir(folder.path)).toEqual(['taken']);
    expect(await readdir(join(folder.path, 'taken'))).toEqual(['inner']);
  });

  test('a folder that does not exist, and a file in its place, are told apart from a failure of the studio', async () => {
    await expect(writeAtomically(join(folder.path, 'no', 'a.txt'), 'x')).rejects.toMatchObject({
      code: 'workspace/not-found',
    });
    await writeFile(join(folder.path, 'file'), '');
    await expect(writeAtomically(join(folder.path, 'file', 'a.txt'), 'x')).rejects.toMatchObject({
      code: 'workspace/not-found',
    });
  });

  test('a link is replaced, and what it led to stays as it was', async () => {
    await writeFile(join(folder.path, 'target.txt'), 'target');
    await symlink('target.txt', join(folder.path, 'link.txt'));
    await writeAtomically(join(folder.path, 'link.txt'), 'new');
    expect(await readFile(join(folder.path, 'target.txt'), 'utf8')).toBe('target');
    expect((await lstat(join(folder.path, 'link.txt'))).isFile()).toBe(true);
  });
});
