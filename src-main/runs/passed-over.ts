/**
 * Why a walk passes over what is no file and no folder. A link is never followed: one to something inside the walked
 * folder needs no word, since that is met under its own name; any other leaves something unexamined, which is said.
 */
import type { Dirent } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';

/** What a walk never enters. */
export const NEVER_ENTERED = '.git';

/** Undefined where nothing is left unexamined by it. */
export async function reasonPassedOver(entry: Dirent, absolute: string, root: string): Promise<string | undefined> {
  if (entry.isSymbolicLink()) return reasonOfLink(absolute, root);
  if (entry.isFIFO()) return 'it is a pipe';
  if (entry.isSocket()) return 'it is a socket';
  if (entry.isCharacterDevice() || entry.isBlockDevice()) return 'it is a device';
  return 'it is neither a file nor a folder';
}

async function reasonOfLink(absolute: string, root: string): Promise<string | undefined> {
  const [target, realRoot] = await Promise.all([realpath(absolute).catch(() => undefined), realpath(root)]);
  if (target === undefined) {
    const written = await readlink(absolute).catch(() => 'something');
    return `it is a link to ${written}, which cannot be reached`;
  }
  const way = relative(realRoot, target);
  const names = way.split(sep);
  if (isAbsolute(way) || names[0] === '..') return `it is a link out of the folder, to ${target}`;
  return names.includes(NEVER_ENTERED) ? `it is a link into ${NEVER_ENTERED}` : undefined;
}
