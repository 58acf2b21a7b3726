/**
 * Saves that the studio made itself, which it follows at once: whoever watches the folder hears of them later, once the
 * writing has settled, and must not follow them again. What is on the disk decides, so that no other change is missed.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from '@shared/contracts';

export interface SeenSaves {
  note(path: string): Promise<void>;
  /** Those changes that are not such a save. */
  others(changes: readonly FileChange[]): Promise<FileChange[]>;
}

export function createSeenSaves(folder: string): SeenSaves {
  const seen = new Map<string, string>();

  const stateOf = async (path: string): Promise<string | undefined> => {
    const { mtimeMs, ino, size } = (await stat(join(folder, path)).catch(() => undefined)) ?? {};
    return mtimeMs === undefined ? undefined : `${mtimeMs} ${ino} ${size}`;
  };

  const isOther = async ({ path }: FileChange): Promise<boolean> => {
    const before = seen.get(path);
    if (before === undefined) return true;
    seen.delete(path);
    return (await stateOf(path)) !== before;
  };

  return {
    async note(path) {
      const state = await stateOf(path);
      if (state !== undefined) seen.set(path, state);
    },
    async others(changes) {
      const isKept = await Promise.all(changes.map(isOther));
      return changes.filter((_, at) => isKept[at]);
    },
  };
}
