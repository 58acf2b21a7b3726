/**
 * Changes of the files in opened folders. Those that touch the same file, or one a folder that the other is
 * in, happen one after the other, so that of two windows that save over the same version one is told. Another studio is another process: against it a save looks at
 * the file once more when only the renaming is left. What is moved or removed is the link, never where it leads.
 */
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { isStudioError, StudioError } from '@shared/errors';
import { createTurns } from '../timing/turns';
import { changeError } from './change-error';
import { systemCodeOf } from './file-error';
import { inWords, readText, readVersion } from './read-text';
import { resolveInside, resolveNameInside } from './resolve-inside';
import { versionOf } from './version-of';
import { writeAtomically } from './write-atomically';

export const LARGEST_TEXT = 5 * 1024 * 1024;

/** Every path is inside its folder, as the person knows it; the folder itself cannot be changed this way. */
export interface FolderChanges {
  /**
   * @param text up to LARGEST_TEXT bytes, so that it can be read again.
   * @param expectedVersion what the file must still be; null: there must be none; undefined: whatever it is.
   */
  write(folder: string, path: string, text: string, expectedVersion?: string | null): Promise<{ version: string }>;
  createFolder(folder: string, path: string): Promise<void>;
  rename(folder: string, path: string, to: string): Promise<void>;
  remove(folder: string, path: string): Promise<void>;
}

/** Of any size and kind: what has become too large or no text has changed all the same. */
async function refuseChanged(file: string, path: string, expectedVersion: string | null): Promise<void> {
  const version = await versionOnDisk(file);
  if (version === expectedVersion) return;
  throw new StudioError(
    'workspace/changed-on-disk',
    `${path} was changed on disk meanwhile. Compare, then keep yours or take the other.`,
    { data: { text: '', version, ...(await textOnDisk(file)) } },
  );
}

async function versionOnDisk(file: string): Promise<string | null> {
  try {
    return await readVersion(file);
  } catch (error) {
    if (isStudioError(error, 'workspace/not-found')) return null;
    throw error;
  }
}

async function textOnDisk(file: string): Promise<{ text: string; version: string } | undefined> {
  try {
    return await readText(file, LARGEST_TEXT);
  } catch (error) {
    if (isStudioError(error)) return undefined;
    throw error;
  }
}

function refuseTooLarge(path: string, text: string): void {
  const size = Buffer.byteLength(text);
  if (size <= LARGEST_TEXT) return;
  throw new StudioError(
    'workspace/too-large',
    `${path} would have ${inWords(size)}; the studio saves up to ${inWords(LARGEST_TEXT)}. Shorten it, then save again.`,
    { data: { path, size, limitBytes: LARGEST_TEXT } },
  );
}

const touches = (one: string, other: string) =>
  one === other || one.startsWith(other + sep) || other.startsWith(one + sep);

async function refuseExisting(file: string, path: string): Promise<void> {
  try {
    await lstat(file);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  throw new StudioError('workspace/exists', `${path} is there already. Choose another name.`, { data: { path } });
}

/** What was refused because of the new name is told with it, everything else with the old one. */
const ABOUT_NEW_NAME = new Set(['EEXIST', 'EISDIR', 'ENOTEMPTY', 'ENAMETOOLONG', 'EINVAL', 'ENOTDIR', 'EXDEV']);

async function named<Result>(path: string | ((error: unknown) => string), work: () => Promise<Result>) {
  try {
    return await work();
  } catch (error) {
    throw changeError(error, typeof path === 'string' ? path : path(error));
  }
}

export function createFolderChanges(): FolderChanges {
  const turns = createTurns(touches);
  return {
    async write(folder, path, text, expectedVersion) {
      refuseTooLarge(path, text);
      const file = await resolveInside(folder, path);
      if (file === (await resolveInside(folder, '')))
        throw new StudioError('workspace/outside', 'The plugin folder itself cannot be changed this way.');
      const check = async () => {
        if (expectedVersion !== undefined) await refuseChanged(file, path, expectedVersion);
      };
      return turns.run([file], async () => {
        await check();
        await named(path, () => mkdir(dirname(file), { recursive: true }));
        await writeAtomically(file, text, { beforeReplacing: check });
        return { version: versionOf(text) };
      });
    },
    async createFolder(folder, path) {
      const file = await resolveNameInside(folder, path);
      await turns.run([file], () =>
        named(path, async () => {
          await refuseExisting(file, path);
          await mkdir(file, { recursive: true });
        }),
      );
    },
    async rename(folder, path, to) {
      const from = await resolveNameInside(folder, path);
      const target = await resolveNameInside(folder, to);
      if (target.startsWith(from + sep))
        throw new StudioError('workspace/bad-name', `${path} cannot be moved into itself. Choose another place.`);
      const about = (error: unknown) => (ABOUT_NEW_NAME.has(systemCodeOf(error) ?? '') ? to : path);
      await turns.run([from, target], async () => {
        await named(path, () => lstat(from));
        await named(to, () => refuseExisting(target, to));
        await named(to, () => mkdir(dirname(target), { recursive: true }));
        await named(about, () => rename(from, target));
      });
    },
    async remove(folder, path) {
      const file = await resolveNameInside(folder, path);
      await turns.run([file], () => named(path, () => rm(file, { recursive: true })));
    },
  };
}
