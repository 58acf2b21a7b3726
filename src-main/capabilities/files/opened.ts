/**
 * Opens what was reached, and looks again at what was opened: between the look and the opening somebody may have put
 * a link in its place. Work in a folder goes through the opened folder, where the system allows that.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { systemCodeOf } from '../../files';
import { failed, failedBecause, outOfReach } from '../refusals';
import type { ReachedPath } from './reach';

/** Opening a pipe would otherwise wait for its other end for ever. */
const CAREFUL = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const moved = (shown: string) =>
  outOfReach(`${shown} was replaced while it was being opened, so it was not used.`, 'link');

/** Where an open file is now, as the system sees it. */
const placeOf = (handle: FileHandle) => readlink(`/proc/self/fd/${handle.fd}`);

async function confirmPlace(handle: FileHandle, path: string, shown: string): Promise<void> {
  if (process.platform === 'linux') {
    if ((await placeOf(handle)) !== path) throw moved(shown);
    return;
  }
  const [opened, there, real] = await Promise.all([handle.stat(), lstat(path), realpath(path)]);
  if (real !== path || opened.ino !== there.ino || opened.dev !== there.dev) throw moved(shown);
}

/** Runs the work with the opened file, and closes it. Only regular files: no pipe, device or socket. */
export async function withFile<Result>(
  { path, shown }: ReachedPath,
  flags: number,
  work: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, flags | CAREFUL);
    if (!(await handle.stat()).isFile()) throw notAFile(shown);
    await confirmPlace(handle, path, shown);
    return await work(handle);
  } catch (error) {
    if (systemCodeOf(error) === 'ELOOP') throw moved(shown);
    if (systemCodeOf(error) === 'ENXIO') throw notAFile(shown);
    throw failedBecause(shown, error);
  } finally {
    await handle?.close();
  }
}

const notAFile = (shown: string) => failed(`${shown} is not a file. Name a regular file.`, 'EISDIR');

/** Runs the work with a path of the folder that keeps leading to it, whatever is put in its place meanwhile. */
export async function withFolder<Result>(
  path: string,
  shown: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  if (process.platform === 'win32') return work(path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    await confirmPlace(handle, path, shown);
    return await work(process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : path);
  } catch (error) {
    if (systemCodeOf(error) === 'ELOOP') throw moved(shown);
    throw failedBecause(shown, error);
  } finally {
    await handle?.close();
  }
}
