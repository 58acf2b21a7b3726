/**
 * Reads a plugin's log from the host and goes on reading as it grows: one read at a time, and not too often, so that a
 * plugin that floods its log leaves the window time for the person.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../../client/studio-client';
import { appendLog, clearedLog, EMPTY_LOG, type LogBuffer } from './log-buffer';

export interface FollowedLog extends StoreApi<LogBuffer> {
  clear(): Promise<void>;
  stop(): void;
}

const MOST_AT_ONCE = 2_000;
const READ_EVERY_MS = 100;

const pause = () => new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS));

export function followPluginLog(
  { plugins, connection }: Pick<StudioClient, 'plugins' | 'connection'>,
  folder: string,
  report: (error: unknown) => void,
): FollowedLog {
  const store = createStore<LogBuffer>(() => EMPTY_LOG);
  let stopped = false;
  let reading = false;
  let wanted = false;
  /** As far as the host's log goes, by what it told; not known at first. */
  let newest = Number.POSITIVE_INFINITY;
  /** Counts the beginnings, so that a read from before a clear is not appended after it. */
  let era = 0;

  const readOn = async (): Promise<void> => {
    reading = true;
    try {
      while (wanted && !stopped) {
        wanted = false;
        const asked = era;
        const read = await plugins.readLog({ folder, after: store.getState().lastSeq, limit: MOST_AT_ONCE });
        if (stopped) return;
        if (asked === era && (read.entries.length > 0 || read.missed > 0))
          store.setState((log) => appendLog(log, read));
        const { lastSeq } = store.getState();
        if (asked !== era || (read.entries.length > 0 && lastSeq < newest)) wanted = true;
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
      if (!stopped) report(error);
    });
  };

  const disposes = [
    plugins.on('didLog', (log) => {
      if (log.folder !== folder) return;
      newest = log.lastSeq;
      if (newest !== store.getState().lastSeq) wake();
    }),
    connection.onDidReconnect.on(() => {
      era += 1;
      newest = Number.POSITIVE_INFINITY;
      store.setState(EMPTY_LOG, true);
      wake();
    }),
  ];
  wake();

  return {
    ...store,
    async clear() {
      await plugins.clearLog({ folder });
      era += 1;
      store.setState(clearedLog);
    },
    stop() {
      stopped = true;
      for (const dispose of disposes) dispose();
    },
  };
}
