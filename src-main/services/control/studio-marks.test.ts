import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../runs/run-samples.fixture';
import { choosePlace, leaveMark, marksFolder, readMarks, type StudioMark } from './studio-marks';

const mark = (over: Partial<StudioMark> = {}): StudioMark => ({
  pid: process.pid,
  door: 'browser',
  version: '1',
  address: '/nowhere',
  token: 'x'.repeat(43),
  ...over,
});

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('a studio listens in the data folder, where only the user may look, whatever was there before', async () => {
  const data = await temporaryFolder();
  await mkdir(marksFolder(data));
  await chmod(marksFolder(data), 0o755);
  const { address, remove } = await choosePlace(data);
  expect(address).toBe(join(marksFolder(data), `${process.pid}.sock`));
  expect((await stat(marksFolder(data))).mode & 0o777).toBe(0o700);
  await writeFile(address, '');
  remove();
  expect(await readdir(marksFolder(data))).toEqual([]);
});

test('a data folder whose path is too long for a socket gets a short one, which goes as well', async () => {
  const data = join(await temporaryFolder(), 'x'.repeat(90));
  const { address } = await choosePlace(data);
  expect(dirname(dirname(address))).toBe(tmpdir());
  expect((await stat(dirname(address))).mode & 0o777).toBe(0o700);
  await writeFile(address, '');
  // As after a kill.
  leaveMark(data, mark({ pid: await endedProcess(), address }));
  expect(await readMarks(data)).toEqual([]);
  await expect(stat(dirname(address))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('Windows has pipes instead', async () => {
  const { address } = await choosePlace(await temporaryFolder(), 'win32');
  expect(address).toMatch(/^\\\\\.\\pipe\\mcp-plugin-studio-\d+-[0-9a-f]{12}$/);
});

test('who looks finds the studios that live, and removes what others left; what is no mark is left alone', async () => {
  const data = await temporaryFolder();
  expect(await readMarks(data)).toEqual([]);
  await choosePlace(data);
  const remove = leaveMark(data, mark());
  onTestFinished(remove);
  leaveMark(data, mark({ pid: await endedProcess() }));
  await writeFile(join(marksFolder(data), 'half.json'), '{"pid":');
  expect(await readMarks(data)).toEqual([mark()]);
  expect((await readdir(marksFolder(data))).sort()).toEqual([`${process.pid}.json`, 'half.json'].sort());
});
