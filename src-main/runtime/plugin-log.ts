/**
 * A plugin's log, bounded in entries and in text. Readers hold a sequence number, not an index, so that a slow reader learns how much it
 * missed instead of reading the wrong entries.
 */
import type { LogEntry } from '@shared/contracts';
import { cutText } from '@shared/contracts/runner-limits';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { RuntimeLimits } from './runtime-limits';

export interface PluginLog {
  append(level: LogEntry['level'], message: string, runId?: string): void;
  /**
   * Entries after that sequence number, oldest first, and fewer than `limit` where they have more than `mostText`
   * characters together; `missed` counts those that were let go before, but for what was cleared.
   */
  read(after: number, limit: number, mostText?: number): { entries: LogEntry[]; missed: number };
  /** Sequence numbers go on from where they were. */
  clear(): void;
  /** 0 where nothing was ever logged. */
  readonly lastSeq: number;
  readonly onDidAppend: Listenable<LogEntry>;
}

export interface PluginLogOptions {
  readonly capacity: number;
  /** Characters of all entries together. */
  readonly text: number;
  /** Characters; a longer message is cut and says by how many. */
  readonly messageLength: number;
}

export function createPluginLog({ capacity, text, messageLength }: PluginLogOptions): PluginLog {
  const entries: (LogEntry | undefined)[] = new Array(capacity);
  const appended = createEmitter<LogEntry>();
  let firstSeq = 1;
  let lastSeq = 0;
  let clearedSeq = 0;
  let kept = 0;

  const letGo = (seq: number) => {
    kept -= entries[seq % capacity]?.message.length ?? 0;
    entries[seq % capacity] = undefined;
  };

  return {
    append(level, message, runId) {
      const entry: LogEntry = {
        seq: ++lastSeq,
        time: Date.now(),
        level,
        message: cutText(message, messageLength),
        ...(runId === undefined ? {} : { runId }),
      };
      if (lastSeq - firstSeq >= capacity) letGo(firstSeq++);
      entries[lastSeq % capacity] = entry;
      kept += entry.message.length;
      while (kept > text && firstSeq < lastSeq) letGo(firstSeq++);
      appended.emit(entry);
    },
    read(after, limit, mostText = Number.POSITIVE_INFINITY) {
      const start = Math.max(after + 1, firstSeq);
      const end = Math.min(lastSeq, start + limit - 1);
      const found: LogEntry[] = [];
      let read = 0;
      for (let seq = start; seq <= end; seq++) {
        const entry = entries[seq % capacity] as LogEntry;
        read += entry.message.length;
        if (read > mostText && found.length > 0) break;
        found.push(entry);
      }
      return { entries: found, missed: Math.max(0, start - Math.max(after, clearedSeq) - 1) };
    },
    clear() {
      firstSeq = lastSeq + 1;
      clearedSeq = lastSeq;
      kept = 0;
      entries.fill(undefined);
    },
    get lastSeq() {
      return lastSeq;
    },
    onDidAppend: appended,
  };
}

export const pluginLogFor = ({ logEntries, logText, logMessageLength }: RuntimeLimits): PluginLog =>
  createPluginLog({ capacity: logEntries, text: logText, messageLength: logMessageLength });
