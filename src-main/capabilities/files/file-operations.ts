/** What a plugin does with files, once it may: each operation on its own, nothing is kept open between them. */
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, opendir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { FileInfo, OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import { writeAtomically } from '../../files';
import { fromBase64, inMegabytes, PIECE_BYTES, toBase64 } from '../byte-limits';
import { failed, failedBecause, tooLarge } from '../refusals';
import { withFile, withFolder } from './opened';
import { isInside, type Reach, type ReachedPath, reachPath } from './reach';

const MOST_ENTRIES = 10_000;

export interface FileOperations {
  'file-read'(params: OperationParams<'file-read'>): Promise<OperationResult<'file-read'>>;
  'file-write'(params: OperationParams<'file-write'>): Promise<null>;
  'file-list'(params: OperationParams<'file-list'>): Promise<FileInfo[]>;
  'file-stat'(params: OperationParams<'file-stat'>): Promise<FileInfo | null>;
  'folder-make'(params: OperationParams<'folder-make'>): Promise<null>;
  'file-remove'(params: OperationParams<'file-remove'>): Promise<null>;
}

/** @throws each: what reachPath throws; capabilities/failed (data: reason such as ENOENT), capabilities/too-large. */
export function createFileOperations(reach: Reach): FileOperations {
  async function read({ path }: OperationParams<'file-read'>) {
    const reached = await reachPath(reach, path, 'read');
    return withFile(reached, constants.O_RDONLY, async (handle) => {
      const { size } = await handle.stat();
      if (size > PIECE_BYTES) throw tooMuch(reached.shown, size);
      const bytes = await readAtMost(handle.createReadStream({ autoClose: false, end: PIECE_BYTES }));
      if (bytes.length > PIECE_BYTES) throw tooMuch(reached.shown, bytes.length);
      return { base64: toBase64(bytes) };
    });
  }

  async function write({ path, base64, append }: OperationParams<'file-write'>) {
    const bytes = fromBase64(base64, path);
    const reached = await reachPath(reach, path, 'write');
    if (append === true && reached.exists) {
      await withFile(reached, constants.O_WRONLY | constants.O_APPEND, async (handle) => handle.writeFile(bytes));
      return null;
    }
    await inFolderOf(reached, async (place) => {
      await refuseOther(place, reached.shown);
      await writeAtomically(place, bytes);
    });
    return null;
  }

  async function makeFolder({ path }: OperationParams<'folder-make'>) {
    const { path: wanted, shown } = await reachPath(reach, path, 'write');
    const root = isInside(reach.tempFolder, wanted) ? reach.tempFolder : reach.folder;
    let current = root;
    for (const name of relative(root, wanted).split(sep)) {
      await withFolder(current, shown, (folder) => mkdir(join(folder, name)).catch(unlessThere));
      current = join(current, name);
    }
    if (!(await lstat(wanted)).isDirectory()) throw failed(`${shown} is a file. Choose another name.`, 'EEXIST');
    return null;
  }

  async function remove({ path }: OperationParams<'file-remove'>) {
    const reached = await reachPath(reach, path, 'remove');
    await inFolderOf(reached, async (place) => {
      if ((await lstat(place)).isDirectory()) await rmdir(place);
      else await rm(place);
    });
    return null;
  }

  return {
    'file-read': read,
    'file-write': write,
    'folder-make': makeFolder,
    'file-remove': remove,
    async 'file-stat'({ path }) {
      const reached = await reachPath(reach, path, 'read');
      if (!reached.exists) return null;
      const found = await lstat(reached.path).catch((error: unknown) => {
        throw failedBecause(reached.shown, error);
      });
      return infoOf(basename(reached.path), found) ?? null;
    },
    async 'file-list'({ path }) {
      const reached = await reachPath(reach, path, 'read');
      return withFolder(reached.path, reached.shown, (folder) => list(folder, reached.shown));
    },
  };
}

const tooMuch = (shown: string, size: number) =>
  tooLarge(`${shown} has ${inMegabytes(size)}; a plugin reads files of at most ${inMegabytes(PIECE_BYTES)}.`);

async function readAtMost(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A pipe or device must not be replaced by a file: others wait at it. */
async function refuseOther(place: string, shown: string): Promise<void> {
  const found = await lstat(place).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  throw failed(`${shown} is not a file. Choose another name.`, found.isDirectory() ? 'EISDIR' : 'EEXIST');
}

const inFolderOf = (reached: ReachedPath, work: (place: string) => Promise<void>) =>
  withFolder(dirname(reached.path), reached.shown, async (folder) => {
    try {
      await work(join(folder, basename(reached.path)));
    } catch (error) {
      throw failedBecause(reached.shown, error);
    }
  });

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Undefined for what is neither a file nor a folder. */
function infoOf(name: string, found: Stats): FileInfo | undefined {
  const modified = found.mtime.toISOString();
  if (found.isFile()) return { name, kind: 'file', size: found.size, modified };
  return found.isDirectory() ? { name, kind: 'folder', size: 0, modified } : undefined;
}

/** Links are left out: they are not the plugin's to follow. */
async function list(folder: string, shown: string): Promise<FileInfo[]> {
  const entries: FileInfo[] = [];
  for await (const entry of await opendir(folder)) {
    const found = await lstat(join(folder, entry.name)).catch(() => undefined);
    const info = found === undefined ? undefined : infoOf(entry.name, found);
    if (info !== undefined) entries.push(info);
    if (entries.length > MOST_ENTRIES)
      throw tooLarge(`${shown} holds more than ${MOST_ENTRIES} entries. Use folders below it.`);
  }
  return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
}
