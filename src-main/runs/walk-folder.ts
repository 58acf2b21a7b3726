/**
 * Walks a folder of samples one file at a time. It holds no more than one batch of names for each level it is in,
 * never the tree; within a batch the order is that of the names, so that two walks agree. Links are not followed, since
 * they lead out or round in circles, and .git is not entered; what is passed over or cannot be listed is told, not
 * thrown.
 */
import type { Dir, Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { NEVER_ENTERED, reasonPassedOver } from './passed-over';

export type WalkItem =
  /** `path` is inside the walked folder, with /. */
  | { readonly kind: 'file'; readonly path: string; readonly absolute: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string }
  | { readonly kind: 'passed-over'; readonly path: string; readonly reason: string };

interface Level {
  readonly dir: Dir;
  readonly path: string;
  readonly absolute: string;
  names: Dirent[];
  next: number;
  ended: boolean;
}

const NAMES_AT_ONCE = 10_000;

export async function* walkFolder(
  folder: string,
  signal?: AbortSignal,
  namesAtOnce = NAMES_AT_ONCE,
): AsyncGenerator<WalkItem, void, undefined> {
  const levels: Level[] = [];
  try {
    const problem = await enter(levels, folder, '');
    if (problem !== undefined) yield problem;
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      if (signal?.aborted) return;
      const entry = await nextEntry(level, namesAtOnce).catch(reasonOf);
      if (typeof entry === 'string') yield { kind: 'unreadable', path: level.path || '.', reason: entry };
      if (entry === undefined || typeof entry === 'string') {
        levels.pop();
        await leave(level);
        continue;
      }
      const path = level.path === '' ? entry.name : `${level.path}/${entry.name}`;
      const absolute = join(level.absolute, entry.name);
      const met = await meet(entry, path, absolute, folder);
      const item = met === 'folder' ? await enter(levels, absolute, path) : met;
      if (item !== undefined) yield item;
    }
  } finally {
    for (const level of levels) await leave(level);
  }
}

async function enter(levels: Level[], absolute: string, path: string): Promise<WalkItem | undefined> {
  try {
    const dir = await opendir(absolute, { bufferSize: 256 });
    levels.push({ dir, path, absolute, names: [], next: 0, ended: false });
    return undefined;
  } catch (error) {
    return { kind: 'unreadable', path: path || '.', reason: reasonOf(error) };
  }
}

async function nextEntry(level: Level, namesAtOnce: number): Promise<Dirent | undefined> {
  if (level.next === level.names.length && !level.ended) await readNames(level, namesAtOnce);
  return level.names[level.next++];
}

async function readNames(level: Level, namesAtOnce: number): Promise<void> {
  level.names = [];
  level.next = 0;
  while (level.names.length < namesAtOnce) {
    const entry = await level.dir.read();
    if (entry === null) {
      // Not held open while its folders are walked.
      await leave(level);
      break;
    }
    if (entry.name !== NEVER_ENTERED) level.names.push(entry);
  }
  level.names.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function leave(level: Level): Promise<void> {
  if (level.ended) return;
  level.ended = true;
  await level.dir.close();
}

async function meet(
  entry: Dirent,
  path: string,
  absolute: string,
  root: string,
): Promise<WalkItem | 'folder' | undefined> {
  const kind = await kindOf(entry, absolute);
  if (kind === 'file') return { kind, path, absolute };
  if (kind !== 'other') return kind;
  const reason = await reasonPassedOver(entry, absolute, root);
  return reason === undefined ? undefined : { kind: 'passed-over', path, reason };
}

async function kindOf(entry: Dirent, absolute: string): Promise<'file' | 'folder' | 'other' | undefined> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (
    entry.isSymbolicLink() ||
    entry.isFIFO() ||
    entry.isSocket() ||
    entry.isCharacterDevice() ||
    entry.isBlockDevice()
  ) {
    return 'other';
  }
  // Some file systems do not say in the listing.
  const found = await lstat(absolute).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
}

export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  if (code === 'ENOENT') return 'it is gone';
  return code ?? message;
}
