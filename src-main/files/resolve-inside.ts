/**
 * The one gate between a path that somebody sent and the disk. What it returns is absolute, free of links, and inside
 * the folder, also where nothing is there yet. It answers for the moment of the call: the folder is the person's own,
 * and plugins cannot make links in it.
 */
import { lstat, realpath } from 'node:fs/promises';
import { join, posix, relative, sep, win32 } from 'node:path';
import { StudioError } from '@shared/errors';
import { fileError, systemCodeOf } from './file-error';

const outside = (path: string, why: string) =>
  new StudioError('workspace/outside', `"${path}" ${why}. Use a path inside the plugin's folder.`, { data: { path } });

/** @throws StudioError workspace/outside, workspace/not-found (no such folder), workspace/no-permission. */
export async function resolveInside(folder: string, path: string, platform = process.platform): Promise<string> {
  const { root, names } = await enter(folder, path, platform);
  return walk(root, names, path);
}

/**
 * The same for what is moved or removed: a link stands for itself, wherever it leads, and only the folders on the way
 * to it are followed. The folder itself is refused.
 * @throws as resolveInside does.
 */
export async function resolveNameInside(folder: string, path: string, platform = process.platform): Promise<string> {
  const { root, names } = await enter(folder, path, platform);
  const name = names.pop();
  if (name === undefined) throw outside(path, 'is the plugin folder itself');
  return join(await walk(root, names, path), name);
}

async function enter(folder: string, path: string, platform: string): Promise<{ root: string; names: string[] }> {
  if (path.includes('\0')) throw outside(path.replaceAll('\0', '␀'), 'contains a NUL character');
  if (posix.isAbsolute(path) || win32.isAbsolute(path) || /^[A-Za-z]:/.test(path)) throw outside(path, 'is absolute');
  if (path.split(/[\\/]/).includes('..')) throw outside(path, 'leads upwards with ".."');
  const root = await realPathOf(folder, folder);
  if (root === undefined)
    throw new StudioError('workspace/not-found', `${folder} does not exist.`, { data: { path: folder } });
  // Elsewhere a backslash is a letter of a name.
  const separator = platform === 'win32' ? /[\\/]/ : '/';
  return { root, names: path.split(separator).filter((part) => part !== '' && part !== '.') };
}

async function walk(root: string, names: readonly string[], path: string): Promise<string> {
  let real = root;
  for (const name of names) {
    real = await step(join(real, name), path);
    const inside = relative(root, real);
    if (inside === '..' || inside.startsWith(`..${sep}`) || win32.isAbsolute(inside)) {
      throw outside(path, 'is a link that leads out of the folder');
    }
  }
  return real;
}

async function step(next: string, path: string): Promise<string> {
  const real = await realPathOf(next, path);
  if (real !== undefined) return real;
  if (await isLink(next, path)) throw outside(path, 'is a link to something that does not exist');
  return next;
}

async function realPathOf(absolute: string, path: string): Promise<string | undefined> {
  try {
    return await realpath(absolute);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw fileError(error, path);
  }
}

async function isLink(absolute: string, path: string): Promise<boolean> {
  try {
    return (await lstat(absolute)).isSymbolicLink();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw fileError(error, path);
  }
}
