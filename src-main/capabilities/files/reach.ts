/**
 * Which paths a plugin reaches: its own folder, its temporary folder, and what its run was given, which it may only
 * read. What answers is the real path, so no link leads out. In its own folder a plugin may not write what decides
 * over it or over the person: the manifest, the configuration, and what tools of the person run.
 */
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { systemCodeOf } from '../../files';
import { failedBecause, invalid, outOfReach } from '../refusals';

export interface Reach {
  /** The plugin's folder. */
  readonly folder: string;
  readonly tempFolder: string;
  /** Files and folders that the run was given. Asked at each use. */
  readonly givenPaths: () => readonly string[];
}

export interface ReachedPath {
  /** Real, also where nothing is there yet. */
  readonly path: string;
  readonly exists: boolean;
  /** Short, for messages and the list of uses: relative to the plugin's folder where it is inside. */
  readonly shown: string;
}

export type Purpose = 'read' | 'write' | 'remove';

export const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
};

/** Names in the plugin's own folder that only the person changes. */
const GUARDED = new Set(['plugin.json', 'package.json', 'config', 'node_modules']);

/** The person's other tools would run what is in them: .git/hooks, .envrc, .npmrc, .vscode. */
const isHidden = (name: string) => name.startsWith('.');

/** Windows and macOS take other spellings for the same name. */
const plainName = (name: string) =>
  name
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '')
    .toLowerCase();

function guardedName(folder: string, path: string): string | undefined {
  const names = relative(folder, path).split(sep);
  const first = names[0] ?? '';
  if (GUARDED.has(plainName(first))) return first;
  return names.find((name) => isHidden(name) || plainName(name) === 'node_modules');
}

/** What the path is called when it is said to a person. */
export function showPath(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  return isInside(folder, absolute) ? relative(folder, absolute).split(sep).join('/') || '.' : absolute;
}

/**
 * @throws StudioError capabilities/invalid, capabilities/denied (data: reason outside, link, guarded or read-only),
 * capabilities/failed
 */
export async function reachPath(reach: Reach, given: string, purpose: Purpose): Promise<ReachedPath> {
  if (given.includes('\0')) throw invalid('A path holds a NUL character.', 'nul');
  const shown = showPath(reach.folder, given);
  const absolute = resolve(reach.folder, given);
  const { path, exists } = await realPlace(absolute, shown, purpose);
  const isOwn = isInside(reach.folder, path);
  if (purpose === 'remove' && path === reach.tempFolder) throw outOfReach('temp_directory itself stays.', 'guarded');
  if (isOwn || isInside(reach.tempFolder, path)) {
    refuseGuarded(reach.folder, path, shown, purpose, isOwn && !isInside(reach.tempFolder, path));
    return { path, exists, shown };
  }
  if (!(await isGiven(reach, path))) throw outside(reach, absolute, shown);
  if (purpose === 'read') return { path, exists, shown };
  throw outOfReach(
    `${shown} was given to the run to be read, not to be changed. Write below the plugin's folder or temp_directory.`,
    'read-only',
  );
}

function refuseGuarded(folder: string, path: string, shown: string, purpose: Purpose, isOwn: boolean): void {
  if (purpose === 'read' || !isOwn) return;
  if (path === folder) throw outOfReach("The plugin's folder itself stays as it is. Name a file in it.", 'guarded');
  const name = guardedName(folder, path);
  if (name === undefined) return;
  throw outOfReach(
    `${shown} is for the person alone to change, since ${name} decides what this plugin or their other programs do. ` +
      'Write to another file of the folder, or below temp_directory.',
    'guarded',
  );
}

function outside(reach: Reach, absolute: string, shown: string) {
  const isLink = isInside(reach.folder, absolute) || isInside(reach.tempFolder, absolute);
  return isLink
    ? outOfReach(`${shown} is a link that leads out of the plugin's folder. Put the file itself there.`, 'link')
    : outOfReach(
        `${shown} is outside of what this plugin reaches: its own folder, its temp_directory, and the files and ` +
          'folders that the run was given.',
        'outside',
      );
}

async function isGiven({ givenPaths }: Reach, path: string): Promise<boolean> {
  for (const given of givenPaths()) {
    const root = await realpath(given).catch(() => undefined);
    if (root !== undefined && isInside(root, path)) return true;
  }
  return false;
}

/** The real path; where nothing is there, that of the nearest folder above with the rest after it. */
async function realPlace(
  absolute: string,
  shown: string,
  purpose: Purpose,
): Promise<{ path: string; exists: boolean }> {
  // What is removed is the link itself, never what it points to.
  if (purpose === 'remove')
    return { path: join((await realPlace(dirname(absolute), shown, 'read')).path, basename(absolute)), exists: true };
  const rest: string[] = [];
  for (let place = absolute; ; place = dirname(place)) {
    try {
      return { path: join(await realpath(place), ...rest), exists: rest.length === 0 };
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT' || dirname(place) === place) throw failedBecause(shown, error);
    }
    if (await isLink(place))
      throw outOfReach(`${shown} is a link to something that does not exist. Remove the link.`, 'link');
    rest.unshift(basename(place));
  }
}

const isLink = (path: string) =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
