/**
 * Saves a file so that a reader, a crash or a full disk sees the old content or the new, never a part of either. The
 * content is on the disk before the name points to it. A link at the path is replaced, never written through.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '@shared/errors';
import { fileError, systemCodeOf } from './file-error';

const TEMPORARY_SUFFIX = '.studio-tmp';

/** Whether a name is that of a file which is still being written. */
export const isTemporaryName = (name: string) => name.startsWith('.') && name.endsWith(TEMPORARY_SUFFIX);

export interface WriteOptions {
  /** The last word before the new content takes the place of the old; where it throws, the old file stays. */
  readonly beforeReplacing?: () => Promise<void>;
  /** Who may read it, from its first byte on; otherwise the file keeps the mode that it has. */
  readonly mode?: number;
}

/**
 * Keeps the file's mode, if it is told no other. The folder must exist.
 * @throws StudioError workspace/not-found (no such folder), workspace/not-a-file, workspace/no-permission,
 * workspace/disk-full; the old file is then as it was, and nothing is left beside it.
 */
export async function writeAtomically(
  path: string,
  text: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  try {
    await replace(path, text, options);
  } catch (error) {
    throw fileError(error, path);
  }
  await flushFolder(dirname(path));
}

async function replace(path: string, text: string | Uint8Array, options: WriteOptions): Promise<void> {
  const known = await modeOf(path);
  const mode = options.mode ?? known;
  const unique = randomBytes(6).toString('hex');
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${unique}${TEMPORARY_SUFFIX}`);
  const handle = await open(temporary, 'wx', mode);
  try {
    await fill(handle, text, mode).finally(() => handle.close());
    await options.beforeReplacing?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    const found = await lstat(path);
    if (found.isDirectory())
      throw new StudioError('workspace/not-a-file', `${path} is a folder, not a file. Choose another name.`);
    return found.isFile() ? found.mode & 0o7777 : undefined;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function fill(handle: FileHandle, text: string | Uint8Array, mode: number | undefined): Promise<void> {
  await handle.writeFile(text);
  if (mode !== undefined) await handle.chmod(mode);
  await handle.sync();
}

/** Windows cannot open a folder, and needs no flush of it. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
