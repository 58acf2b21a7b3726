/** Files and folders that a person chose as samples of a plugin: a list of paths, kept for the next time. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeAtomically } from '../files/write-atomically';
import { createTurns } from '../timing/turns';

export interface ChosenSamples {
  /** Absolute real paths, the last chosen one first. */
  list(): Promise<readonly string[]>;
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const MOST = 100;

export function openChosenSamples(file: string): ChosenSamples {
  let known: Promise<readonly string[]> | undefined;
  const turns = createTurns();
  const list = () => {
    known ??= readList(file);
    return known;
  };
  const replace = async (change: (paths: readonly string[]) => readonly string[]) => {
    known = list().then(change);
    // One write at a time, each with all that is known then.
    await turns.run([file], save);
  };
  const save = async () => {
    const paths = await list();
    await mkdir(dirname(file), { recursive: true });
    await writeAtomically(file, `${JSON.stringify(paths, undefined, 2)}\n`);
  };
  return {
    list,
    add: (path) => replace((paths) => [path, ...paths.filter((other) => other !== path)].slice(0, MOST)),
    remove: (path) => replace((paths) => paths.filter((other) => other !== path)),
  };
}

async function readList(file: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((path): path is string => typeof path === 'string') : [];
  } catch {
    // A list of paths is easily made anew; a broken one must not keep the plugin's other samples from being seen.
    return [];
  }
}
