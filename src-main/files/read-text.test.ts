import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileError } from './file-error';
import { readText } from './read-text';
import { temporaryFolder } from './temporary-folder.fixture';
import { versionOf } from './version-of';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

describe('readText', () => {
  test('gives the text byte for byte, with its version', async () => {
    const text = '\uFEFFgrüß\r\n𝄞';
    await writeFile(at('a'), text);
    expect(await readText(at('a'))).toEqual({ text, version: versionOf(text) });
  });

  test('an empty file is an empty text', async () => {
    await writeFile(at('a'), '');
    expect((await readText(at('a'))).text).toBe('');
  });

  test('a file that is not there', async () => {
    await expect(readText(at('a'))).rejects.toMatchObject({ code: 'workspace/not-found' });
  });

  test('a folder', async () => {
    await mkdir(at('a'));
    await expect(readText(at('a'))).rejects.toMatchObject({ code: 'workspace/not-a-file' });
  });

  test.runIf(process.platform !== 'win32')('a pipe that nobody writes to is refused, not waited for', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(readText(at('pipe'))).rejects.toMatchObject({ code: 'workspace/not-a-file' });
  });

  test('exactly at the limit is read, a byte more is refused', async () => {
    await writeFile(at('a'), 'x'.repeat(1000));
    expect((await readText(at('a'), 1000)).text).toHaveLength(1000);
    await expect(readText(at('a'), 999)).rejects.toMatchObject({ code: 'workspace/too-large', data: { size: 1000 } });
  });

  test.runIf(process.platform === 'linux')('a file that claims to have no size cannot get past the limit', async () => {
    await expect(readText('/proc/self/status', 10)).rejects.toMatchObject({ code: 'workspace/too-large' });
  });

  test('NUL bytes and broken UTF-8 are not text', async () => {
    await writeFile(at('nul'), 'a\0b');
    await writeFile(at('bad'), new Uint8Array([0x61, 0xc3]));
    await expect(readText(at('nul'))).rejects.toMatchObject({ code: 'workspace/not-text' });
    await expect(readText(at('bad'))).rejects.toMatchObject({ code: 'workspace/not-text' });
  });
});

describe('fileError', () => {
  const system = (code: string) => Object.assign(new Error(code), { code });

  test.each([
    ['EACCES', 'workspace/no-permission'],
    ['EPERM', 'workspace/no-permission'],
    ['EROFS', 'workspace/no-permission'],
    ['ENOSPC', 'workspace/disk-full'],
    ['ENAMETOOLONG', 'workspace/not-found'],
  ])('%s becomes %s, which names the path and keeps the cause', (code, expected) => {
    const cause = system(code);
    expect(fileError(cause, '/plugin/a.txt')).toMatchObject({ code: expected, cause, data: { path: '/plugin/a.txt' } });
  });

  test('what it does not know passes through', () => {
    const unknown = system('EWEIRD');
    expect(fileError(unknown, 'a')).toBe(unknown);
  });
});
