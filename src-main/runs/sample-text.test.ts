import { execFileSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './run-samples.fixture';
import { decodeSample, readSampleText } from './sample-text';

async function file(bytes: string | Uint8Array, name = 'sample.txt'): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  return path;
}

test('a text is read whole, without its byte order mark', async () => {
  expect(await readSampleText(await file('\uFEFFpassword = "é"'))).toEqual({
    name: 'sample.txt',
    text: 'password = "é"',
    size: 18,
  });
});

test('an empty file is an empty sample', async () => {
  expect(await readSampleText(await file(''))).toEqual({ name: 'sample.txt', text: '', size: 0 });
});

test('a file of 50 MB is refused with its size, the limit and a way on', async () => {
  const path = await file('');
  await truncate(path, 50 * 1024 * 1024);
  await expect(readSampleText(path, 'dump.sql')).rejects.toMatchObject({
    code: 'runs/sample-too-large',
    message: expect.stringMatching(/dump\.sql has 50 MB; a sample may have 10 MB\. Cut out/),
    data: { size: 50 * 1024 * 1024 },
  });
});

test('a file of exactly the limit is read', async () => {
  const { text } = await readSampleText(await file('a'.repeat(10 * 1024 * 1024)));
  expect(text.length).toBe(10 * 1024 * 1024);
});

test.runIf(process.platform === 'linux')('a file whose size the system does not tell is read to its end', async () => {
  const { text, size } = await readSampleText('/proc/self/limits');
  expect(text).toContain('Max open files');
  expect(size).toBe(Buffer.byteLength(text));
});

test('a binary file is refused', async () => {
  await expect(readSampleText(await file(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1])))).rejects.toMatchObject({
    code: 'runs/sample-binary',
  });
});

test('UTF-16 with its mark is text, and so is a file in an older encoding', () => {
  expect(decodeSample(Buffer.from('\uFEFFid = 1', 'utf16le'), 'a')).toBe('id = 1');
  expect(decodeSample(Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'a')).toBe('café');
});

test('a file that is not there, a folder and a pipe are refused without waiting', async () => {
  const folder = await temporaryFolder();
  await expect(readSampleText(join(folder, 'gone.py'))).rejects.toMatchObject({ code: 'runs/no-sample' });
  await expect(readSampleText(folder)).rejects.toMatchObject({ code: 'runs/sample-unreadable' });
  if (process.platform === 'win32') return;
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(readSampleText(join(folder, 'pipe'))).rejects.toMatchObject({ code: 'runs/sample-unreadable' });
});
