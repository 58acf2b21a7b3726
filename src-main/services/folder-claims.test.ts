import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { createFolderClaims } from './folder-claims';

const temporary = temporaryFolder();
const fail = (error: unknown) => {
  throw error;
};

/** A claim as another process would have left it. */
async function claimAs(dataFolder: string, pid: number): Promise<void> {
  const own = createFolderClaims(dataFolder, fail);
  const release = own.claim('/plugins/a');
  const [name] = await readdir(join(dataFolder, 'open'));
  await writeFile(join(dataFolder, 'open', name!.replace(String(process.pid), String(pid))), '/plugins/a');
  release();
  own.close();
}

test('another living studio on the same folder is found, and ones on other folders are not', async () => {
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  await claimAs(temporary.path, other.pid!);
  const claims = createFolderClaims(temporary.path, fail);
  try {
    expect(await claims.otherStudio('/plugins/a')).toBe(other.pid);
    expect(await claims.otherStudio('/plugins/b')).toBeUndefined();
  } finally {
    claims.close();
    other.kill();
  }
});

test('the claim of a studio that died is forgotten', async () => {
  const dead = spawn(process.execPath, ['-e', '0']);
  await once(dead, 'exit');
  await claimAs(temporary.path, dead.pid!);
  const claims = createFolderClaims(temporary.path, fail);
  expect(await claims.otherStudio('/plugins/a')).toBeUndefined();
  expect((await readdir(join(temporary.path, 'open'))).filter((name) => name.endsWith(`.${dead.pid}`))).toEqual([]);
  claims.close();
});

test('one studio is no other to itself', async () => {
  const claims = createFolderClaims(temporary.path, fail);
  const release = claims.claim('/plugins/a');
  expect(await claims.otherStudio('/plugins/a')).toBeUndefined();
  release();
  claims.close();
});

test('a studio that is killed is noticed, though its claim stays', async () => {
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  await claimAs(temporary.path, other.pid!);
  const claims = createFolderClaims(temporary.path, fail);
  try {
    expect(await claims.otherStudio('/plugins/a')).toBe(other.pid);
    const noticed = new Promise<void>((resolve) => claims.onDidChange.on(resolve));
    other.kill('SIGKILL');
    await noticed;
    expect(await claims.otherStudio('/plugins/a')).toBeUndefined();
  } finally {
    claims.close();
    other.kill();
  }
});
