/**
 * Tells studios of each other: every studio leaves a small file for each folder that it has open. Saves are checked
 * against the disk in any case; the claim only lets a person know why a file may change under their hands.
 */
import { createHash } from 'node:crypto';
import { type FSWatcher, mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
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

export function isAlive(pid: number): boolean {
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

/** A studio that was killed takes no leave: as long as another one is known, its process is looked at so often. */
const LOOK_INTERVAL_MS = 1000;

/** @param place a folder that all studios of the user share */
export function createFolderClaims(place: string, onError: (error: unknown) => void): FolderClaims {
  const claims = join(place, 'open');
  mkdirSync(claims, { recursive: true });
  const didChange = createEmitter<void>(onError);
  const watcher = watchIfPossible(claims, () => didChange.emit(), onError);
  const others = new Set<number>();
  let look: NodeJS.Timeout | undefined;

  const lookAfter = (pid: number) => {
    others.add(pid);
    look ??= setInterval(() => {
      const gone = [...others].filter((other) => !isAlive(other));
      for (const other of gone) others.delete(other);
      if (others.size === 0) stopLooking();
      if (gone.length > 0) didChange.emit();
    }, LOOK_INTERVAL_MS).unref();
  };
  const stopLooking = () => {
    clearInterval(look);
    look = undefined;
  };

  return {
    claim(folder) {
      const file = join(claims, `${keyOf(folder)}.${process.pid}`);
      writeFileSync(file, folder);
      // At once, for the process may be about to end.
      return () => rmSync(file, { force: true });
    },
    async otherStudio(folder) {
      const key = keyOf(folder);
      for (const name of await readdir(claims)) {
        const [folderKey, pidText] = name.split('.');
        const pid = Number(pidText);
        if (folderKey !== key || pid === process.pid) continue;
        if (isAlive(pid)) {
          lookAfter(pid);
          return pid;
        }
        await rm(join(claims, name), { force: true });
      }
      return undefined;
    },
    onDidChange: didChange,
    close() {
      watcher?.close();
      stopLooking();
    },
  };
}
