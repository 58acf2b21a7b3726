/**
 * How a studio that runs is found: it leaves a file in the data folder that says where it listens and what opens the
 * line, and that only the user may read. A studio that was killed cannot take its file along; whoever looks removes it.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Dispose } from '@shared/rpc';
import { oneOf } from '@shared/schemas/building-blocks';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { isAlive } from '../folder-claims';

const StudioMarkSchema = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  door: oneOf(['window', 'browser']),
  version: Type.String(),
  /** A socket's path, or the name of a pipe on Windows. */
  address: Type.String({ minLength: 1 }),
  token: Type.String({ minLength: 32 }),
});
export type StudioMark = Static<typeof StudioMarkSchema>;

export const marksFolder = (dataFolder: string) => join(dataFolder, 'control');

const OWNER_ONLY = 0o700;
const FILE_OWNER_ONLY = 0o600;

/** The least of all systems; a longer path cannot be listened on. */
const LONGEST_SOCKET_PATH = 100;

const TEMPORARY = 'mcp-studio-';

const markFile = (dataFolder: string, pid: number) => join(marksFolder(dataFolder), `${pid}.json`);

export interface Place {
  readonly address: string;
  /** Removes what was made for it, at once. */
  readonly remove: Dispose;
}

/** Where to listen: in the data folder, or in a temporary folder of its own where that path is too long. */
export async function choosePlace(dataFolder: string, platform: string = process.platform): Promise<Place> {
  const folder = marksFolder(dataFolder);
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
  // It may be there from before, with whatever mode.
  await chmod(folder, OWNER_ONLY);
  const unique = randomBytes(6).toString('hex');
  if (platform === 'win32') {
    return { address: `\\\\.\\pipe\\mcp-plugin-studio-${process.pid}-${unique}`, remove: () => undefined };
  }
  const path = join(folder, `${process.pid}.sock`);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) {
    // One of a studio that had this process id before.
    await rm(path, { force: true });
    return { address: path, remove: () => rmSync(path, { force: true }) };
  }
  const short = join(tmpdir(), `${TEMPORARY}${unique}`);
  mkdirSync(short, { mode: OWNER_ONLY });
  return { address: join(short, 's'), remove: () => rmSync(short, { recursive: true, force: true }) };
}

/** @returns removes it, at once: the process may be about to end. */
export function leaveMark(dataFolder: string, mark: StudioMark): Dispose {
  const file = markFile(dataFolder, mark.pid);
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(mark), { mode: FILE_OWNER_ONLY, flag: 'wx' });
  return () => rmSync(file, { force: true });
}

/** Of the studios whose processes live. What others have left behind is removed. */
export async function readMarks(dataFolder: string): Promise<StudioMark[]> {
  const names = await readdir(marksFolder(dataFolder)).catch(() => []);
  const marks: StudioMark[] = [];
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const file = join(marksFolder(dataFolder), name);
    const mark = await readMark(file);
    if (mark === undefined) continue;
    if (isAlive(mark.pid)) marks.push(mark);
    else await forgetMark(dataFolder, mark);
  }
  return marks;
}

async function readMark(file: string): Promise<StudioMark | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Value.Check(StudioMarkSchema, value) ? value : undefined;
  } catch {
    // Gone meanwhile, or not written to its end.
    return undefined;
  }
}

/** Of a studio that does not live any more. */
export async function forgetMark(dataFolder: string, { pid, address }: StudioMark): Promise<void> {
  await rm(markFile(dataFolder, pid), { force: true });
  await rm(join(marksFolder(dataFolder), `${pid}.sock`), { force: true });
  const folder = dirname(address);
  if (dirname(folder) !== tmpdir() || !basename(folder).startsWith(TEMPORARY)) return;
  await rm(address, { force: true });
  // Whatever else were in it is not ours to remove.
  await rmdir(folder).catch(() => undefined);
}
