/**
 * A plugin's log, bounded. Readers hold a sequence number, not an index, so that a slow reader learns how much it
 * missed instead of reading the wrong entries.
 */
import type { LogEntry } from '@shared/contracts';
import { cutText } from '@shared/contracts/runner-limits';
import { createEmitter, type Listenable } from '@shared/rpc';

export interface PluginLog {
  append(level: LogEntry['level'], message: string, runId?: string): void;
  /** Entries after that sequence number, oldest first; `missed` counts those that were let go before, but for what was cleared. */
  read(after: number, limit: number): { entries: LogEntry[]; missed: number };
  /** Sequence numbers go on from where they were. */
  clear(): void;
  /** 0 where nothing was ever logged. */
  readonly lastSeq: number;
  readonly onDidAppend: Listenable<LogEntry>;
}

export interface PluginLogOptions {
  readonly capacity: number;
  /** Characters; a longer message is cut and says by how many. */
  readonly messageLength: number;
}

export function createPluginLog({ capacity, messageLength }: PluginLogOptions): PluginLog {
  const entries: LogEntry[] = new Array(capacity);
  const appended = createEmitter<LogEntry>();
  let firstSeq = 1;
  let lastSeq = 0;
  let clearedSeq = 0;

  return {
    append(level, message, runId) {
      const entry: LogEntry = {
        seq: ++lastSeq,
        time: Date.now(),
        level,
        message: cutText(message, messageLength),
        ...(runId === undefined ? {} : { runId }),
      };
      entries[lastSeq % capacity] = entry;
      if (lastSeq - firstSeq >= capacity) firstSeq = lastSeq - capacity + 1;
      appended.emit(entry);
    },
    read(after, limit) {
      const start = Math.max(after + 1, firstSeq);
      const end = Math.min(lastSeq, start + limit - 1);
      const found: LogEntry[] = [];
      for (let seq = start; seq <= end; seq++) found.push(entries[seq % capacity] as LogEntry);
      return { entries: found, missed: Math.max(0, start - Math.max(after, clearedSeq) - 1) };
    },
    clear() {
      firstSeq = lastSeq + 1;
      clearedSeq = lastSeq;
      entries.fill(undefined as never);
    },
    get lastSeq() {
      return lastSeq;
    },
    onDidAppend: appended,
  };
}
