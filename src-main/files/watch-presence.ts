/**
 * Tells when a folder goes away as a whole, as a sync or a checkout may make it, and when it is there again or another
 * has taken its place. No watcher of files sees that reliably, so the folder itself is looked at, and it is back only
 * once nothing comes into it between two looks: what is still being copied is not read half.
 */
import { stat } from 'node:fs/promises';
import type { Dispose } from '@shared/rpc';
import { systemCodeOf } from './file-error';

export interface FolderPresence {
  /** Looks at once. False while it is gone, and until its return was told. */
  isThere(): Promise<boolean>;
  readonly close: Dispose;
}

export interface PresenceOptions {
  readonly onDidGo: () => void;
  /** It is there: as it was, or another one, which may have come without the first being seen to go. */
  readonly onDidReturn: () => void;
  readonly onError: (error: unknown) => void;
  readonly intervalMs?: number;
}

interface Looked {
  readonly identity: string;
  readonly born: bigint;
  readonly changed: bigint;
}

async function look(folder: string): Promise<Looked | undefined> {
  try {
    const found = await stat(folder, { bigint: true });
    if (!found.isDirectory()) return undefined;
    return { identity: `${found.dev} ${found.ino}`, born: found.birthtimeNs, changed: found.ctimeNs };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/**
 * A file system gives the number of a folder that was removed to the next one, so its birth counts, too. Where births
 * are not known, the last change stands there.
 */
const isSame = (before: Looked, now: Looked) =>
  before.identity === now.identity && (before.born === now.born || before.born === before.changed);

export async function watchPresence(folder: string, options: PresenceOptions): Promise<FolderPresence> {
  const { onDidGo, onDidReturn, onError, intervalMs = 400 } = options;
  let known = await look(folder);
  let isGone = false;
  let closed = false;
  let looking: Promise<void> = Promise.resolve();

  const noteGoing = (found: Looked | undefined) => {
    if (found !== undefined && known !== undefined && isSame(known, found)) return;
    isGone = true;
    known = found;
    onDidGo();
  };
  const noteReturn = (found: Looked | undefined) => {
    const hasSettled =
      found !== undefined && known !== undefined && isSame(known, found) && known.changed === found.changed;
    known = found;
    if (!hasSettled) return;
    isGone = false;
    onDidReturn();
  };
  /** One look after the other. */
  const lookAgain = (mayReturn: boolean) => {
    const compare = async () => {
      const found = await look(folder);
      if (closed) return;
      if (!isGone) noteGoing(found);
      else if (mayReturn) noteReturn(found);
    };
    looking = looking.then(compare).catch(onError);
    return looking;
  };
  const timer = setInterval(() => lookAgain(true), intervalMs).unref();

  return {
    async isThere() {
      await lookAgain(false);
      return !isGone;
    },
    close() {
      closed = true;
      clearInterval(timer);
    },
  };
}
