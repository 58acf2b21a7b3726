/** What lies in a folder at any depth, as a watcher would name it: links are named, never followed. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const SKIPPED = new Set(['node_modules', '.git']);

/** @returns at most that many paths with /, those near the top first. What cannot be listed has nothing in it. */
export async function listTree(folder: string, most: number): Promise<string[]> {
  const paths: string[] = [];
  const waiting = [''];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (SKIPPED.has(entry.name)) continue;
      if (paths.length === most) return paths;
      const own = path === '' ? entry.name : `${path}/${entry.name}`;
      paths.push(own);
      if (entry.isDirectory()) waiting.push(own);
    }
  }
  return paths;
}
