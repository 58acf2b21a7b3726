/**
 * Changes of the files in opened folders. Those that touch the same file happen one after the other, so that of two
 * windows that save over the same version one is told. Another studio is another process: against it a save looks at
 * the file once more when only the renaming is left. What is moved or removed is the link, never where it leads.
 */
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { isStudioError, StudioError } from '@shared/errors';
import { changeError } from '../files/change-error';
import { systemCodeOf } from '../files/file-error';
import { readText } from '../files/read-text';
import { resolveInside, resolveNameInside } from '../files/resolve-inside';
import { versionOf } from '../files/version-of';
import { writeAtomically } from '../files/write-atomically';
import { createTurns } from '../timing/turns';

export const LARGEST_TEXT = 5 * 1024 * 1024;

/** Every path is inside its folder, as the person knows it; the folder itself cannot be changed this way. */
export interface FolderChanges {
  /** @param expectedVersion what the file must still be; null: there must be none; undefined: whatever it is. */
  write(folder: string, path: string, text: string, expectedVersion?: string | null): Promise<{ version: string }>;
  createFolder(folder: string, path: string): Promise<void>;
  rename(folder: string, path: string, to: string): Promise<void>;
  remove(folder: string, path: string): Promise<void>;
}

async function currentText(file: string): Promise<{ text: string; version: string } | undefined> {
  try {
    return await readText(file, LARGEST_TEXT);
  } catch (error) {
    if (isStudioError(error, 'workspace/not-found')) return undefined;
    throw error;
  }
}

async function refuseChanged(file: string, path: string, expectedVersion: string | null): Promise<void> {
  const found = await currentText(file);
  if ((found?.version ?? null) === expectedVersion) return;
  throw new StudioError(
    'workspace/changed-on-disk',
    `${path} was changed on disk meanwhile. Compare, then keep yours or take the other.`,
    { data: { text: found?.text ?? '', version: found?.version ?? null } },
  );
}

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
  const turns = createTurns();
  return {
    async write(folder, path, text, expectedVersion) {
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
