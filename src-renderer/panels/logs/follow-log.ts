/** Reads one plugin's log from the host and goes on reading as it grows, one read at a time. */
import type { StudioClient } from '../../client/studio-client';
import type { LogRead } from './log-collection';

export interface FollowOptions {
  readonly client: Pick<StudioClient, 'plugins'>;
  readonly folder: string;
  /** The last entry that is here. */
  lastSeq(): number;
  onRead(read: LogRead): void;
  onError(error: unknown): void;
}

export interface FollowedLog {
  /** A read from before this is not told any more. */
  forget(): void;
  stop(): void;
}

const MOST_AT_ONCE = 2_000;
/** A plugin that floods its log leaves the window time for the person. */
const READ_EVERY_MS = 100;

const pause = () => new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS));

export function followLog({ client: { plugins }, folder, lastSeq, onRead, onError }: FollowOptions): FollowedLog {
  let stopped = false;
  let reading = false;
  let wanted = false;
  /** As far as the host's log goes, by what it told; not known at first. */
  let newest = Number.POSITIVE_INFINITY;
  /** Counts the beginnings, so that a read from before a clear is not taken after it. */
  let era = 0;

  const readOn = async (): Promise<void> => {
    reading = true;
    try {
      while (wanted && !stopped) {
        wanted = false;
        const asked = era;
        const read = await plugins.readLog({ folder, after: lastSeq(), limit: MOST_AT_ONCE });
        if (stopped) return;
        if (asked === era && (read.entries.length > 0 || read.missed > 0)) onRead({ folder, ...read });
        // Fewer than were asked for may come where they are long.
        if (asked !== era || (read.entries.length > 0 && lastSeq() < newest)) wanted = true;
        if (wanted) await pause();
      }
    } finally {
      reading = false;
    }
  };
  const wake = () => {
    wanted = true;
    if (reading) return;
    readOn().catch((error: unknown) => {
      if (!stopped) onError(error);
    });
  };
  const stopHearing = plugins.on('didLog', (log) => {
    if (log.folder !== folder) return;
    newest = log.lastSeq;
    if (newest !== lastSeq()) wake();
  });
  wake();
  return {
    forget() {
      era += 1;
    },
    stop() {
      stopped = true;
      stopHearing();
    },
  };
}
