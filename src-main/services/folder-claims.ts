/**
 * Tells studios of each other: every studio leaves a small file for each folder that it has open. Saves are checked
 * against the disk in any case; the claim only lets a person know why a file may change under their hands.
 */
import { createHash } from 'node:crypto';
import { type FSWatcher, mkdirSync, watch, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';

export interface FolderClaims {
  claim(folder: string): Dispose;
  /** Process id of another living studio that has the folder open. */
  otherStudio(folder: string): Promise<number | undefined>;
  readonly onDidChange: Listenable<void>;
  close(): void;
}

const keyOf = (folder: string) => createHash('sha256').update(folder).digest('hex').slice(0, 24);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where watching is not to be had, claims are still read whenever the list of plugins is. */
function watchIfPossible(
  folder: string,
  listener: () => void,
  onError: (error: unknown) => void,
): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, listener).on('error', onError);
  } catch (error) {
    onError(error);
    return undefined;
  }
}

export function createFolderClaims(dataFolder: string, onError: (error: unknown) => void): FolderClaims {
  const claims = join(dataFolder, 'open');
  mkdirSync(claims, { recursive: true });
  const didChange = createEmitter<void>(onError);
  const watcher = watchIfPossible(claims, () => didChange.emit(), onError);

  return {
    claim(folder) {
      const file = join(claims, `${keyOf(folder)}.${process.pid}`);
      writeFileSync(file, folder);
      return () => void rm(file, { force: true }).catch(onError);
    },
    async otherStudio(folder) {
      const key = keyOf(folder);
      for (const name of await readdir(claims)) {
        const [folderKey, pidText] = name.split('.');
        const pid = Number(pidText);
        if (folderKey !== key || pid === process.pid) continue;
        if (isAlive(pid)) return pid;
        await rm(join(claims, name), { force: true });
      }
      return undefined;
    },
    onDidChange: didChange,
    close: () => watcher?.close(),
  };
}
