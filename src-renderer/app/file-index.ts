/** The files of the opened plugins, for opening one by a few letters. Listed when first asked for, again after changes. */
import type { StudioClient } from '../client/studio-client';

export interface IndexedFile {
  readonly folder: string;
  readonly path: string;
}

export interface FileIndex {
  list(folders: readonly string[]): Promise<readonly IndexedFile[]>;
}

const MOST_FILES = 5000;

export function createFileIndex(client: StudioClient): FileIndex {
  const listed = new Map<string, Promise<readonly IndexedFile[]>>();
  client.workspace.on('didChangeFiles', ({ folder, changes }) => {
    if (changes.some(({ kind }) => kind !== 'changed')) listed.delete(folder);
  });
  client.connection.onDidReconnect.on(() => listed.clear());

  const walk = async (folder: string): Promise<readonly IndexedFile[]> => {
    const found: IndexedFile[] = [];
    const waiting = [''];
    for (let path = waiting.shift(); path !== undefined && found.length < MOST_FILES; path = waiting.shift()) {
      for (const entry of await client.workspace.listFiles({ folder, path })) {
        if (entry.kind === 'folder') waiting.push(entry.path);
        else found.push({ folder, path: entry.path });
      }
    }
    return found;
  };

  const listOf = (folder: string) => {
    const known = listed.get(folder);
    if (known !== undefined) return known;
    const walking = walk(folder);
    listed.set(folder, walking);
    walking.catch(() => listed.delete(folder));
    return walking;
  };

  return { list: async (folders) => (await Promise.all(folders.map(listOf))).flat() };
}
