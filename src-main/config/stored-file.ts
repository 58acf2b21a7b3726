/**
 * The file that holds a plugin's configuration: config/<name>.yaml, or .yml or .json where that is there. Where there
 * is none, the config/default.yaml that the plugin was packed with is read instead, and never written: saving then
 * makes config/<name>.yaml. Of several the first in this order counts. No file at all means that nothing is stored.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isStudioError, type StudioError } from '@shared/errors';
import { fileError, readText, resolveInside, versionOf, writeAtomically } from '../files';
import { LARGEST_BYTES } from './stored-layer';

const CONFIG_FOLDER = 'config';
const ENDINGS = ['.yaml', '.yml', '.json'];
const SHIPPED = ['config/default.yaml', 'config/default.yml', 'config/default.json'];

export interface StoredFile {
  readonly path: string;
  readonly exists: boolean;
  readonly text: string;
  readonly version: string | null;
  /** Files that would be read if this one were not there. */
  readonly ignored?: readonly string[];
  /** Why it cannot be read; it then counts as existing. */
  readonly unreadable?: StudioError;
}

const ownPaths = (name: string) => ENDINGS.map((ending) => `${CONFIG_FOLDER}/${name}${ending}`);

/** Whether a change of the path may change what is stored. */
export const mayBeStored = (path: string) =>
  path === CONFIG_FOLDER || (path.startsWith(`${CONFIG_FOLDER}/`) && ENDINGS.some((ending) => path.endsWith(ending)));

export async function readStoredFile(folder: string, name: string): Promise<StoredFile> {
  for (const paths of [ownPaths(name), SHIPPED]) {
    for (const [at, path] of paths.entries()) {
      const found = await readIfThere(folder, path);
      if (found === undefined) continue;
      const ignored = paths.slice(at + 1).filter((other) => existsSync(join(folder, other)));
      return ignored.length === 0 ? found : { ...found, ignored };
    }
  }
  return { path: ownPaths(name)[0] ?? '', exists: false, text: '', version: null };
}

async function readIfThere(folder: string, path: string): Promise<StoredFile | undefined> {
  try {
    return { path, exists: true, ...(await readText(await resolveInside(folder, path), LARGEST_BYTES)) };
  } catch (error) {
    if (isStudioError(error, 'workspace/not-found')) return undefined;
    if (isStudioError(error)) return { path, exists: true, text: '', version: null, unreadable: error };
    throw error;
  }
}

/** @param current what was read last: an own file keeps its ending. @throws StudioError workspace/*. */
export async function writeStoredFile(
  folder: string,
  name: string,
  current: StoredFile,
  text: string,
): Promise<StoredFile> {
  const path = pathToWrite(name, current);
  const configFolder = await resolveInside(folder, CONFIG_FOLDER);
  try {
    await mkdir(configFolder, { recursive: true });
  } catch (error) {
    throw fileError(error, configFolder);
  }
  await writeAtomically(await resolveInside(folder, path), text);
  const { ignored } = current;
  return { path, exists: true, text, version: versionOf(text), ...(ignored === undefined ? {} : { ignored }) };
}

export function pathToWrite(name: string, current: StoredFile): string {
  const [first = '', ...others] = ownPaths(name);
  return others.includes(current.path) ? current.path : first;
}
