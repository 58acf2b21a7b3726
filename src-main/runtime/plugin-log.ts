/**
 * A plugin's log, bounded in entries and in characters. Readers hold a sequence number, not an index, so that a slow
 * reader learns how much it missed instead of reading the wrong entries.
 */
import type { LogEntry } from '@shared/contracts';
import { cutText, LOG_FIELDS_LIMIT } from '@shared/contracts/runner-limits';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { RuntimeLimits } from './runtime-limits';

export interface AppendOptions {
  readonly runId?: string | undefined;
  readonly fields?: LogEntry['fields'];
}

export interface PluginLog {
  append(level: LogEntry['level'], message: string, options?: AppendOptions): void;
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
  /** Characters of all messages and fields together. */
  readonly text: number;
  /** Characters; a longer message is cut and says by how many. */
  readonly messageLength: number;
}

/** What an entry takes besides its texts. */
const AROUND = 64;

/** A process that was taken over may send more than the runner does: too much of it is left out, and said. */
function fitting(
  message: string,
  fields: LogEntry['fields'],
): { message: string; fields?: LogEntry['fields']; size: number } {
  if (fields === undefined) return { message, size: 0 };
  const size = JSON.stringify(fields).length;
  if (size <= LOG_FIELDS_LIMIT) return { message, fields, size };
  return { message: `${message} (fields of ${size.toLocaleString('en')} characters were left out)`, size: 0 };
}

export function createPluginLog({ capacity, text, messageLength }: PluginLogOptions): PluginLog {
  const kept = new Array<{ entry: LogEntry; size: number } | undefined>(capacity);
  const appended = createEmitter<LogEntry>();
  let firstSeq = 1;
  let lastSeq = 0;
  let clearedSeq = 0;
  let held = 0;

  const letGoOfOldest = () => {
    held -= kept[firstSeq % capacity]?.size ?? 0;
    kept[firstSeq % capacity] = undefined;
    firstSeq++;
  };

  return {
    append(level, message, { runId, fields } = {}) {
      const { size, ...texts } = fitting(cutText(message, messageLength), fields);
      const entry: LogEntry = {
        seq: lastSeq + 1,
        time: Date.now(),
        level,
        ...texts,
        ...(runId === undefined ? {} : { runId }),
      };
      if (lastSeq - firstSeq + 1 >= capacity) letGoOfOldest();
      lastSeq = entry.seq;
      const whole = size + texts.message.length + AROUND;
      kept[lastSeq % capacity] = { entry, size: whole };
      held += whole;
      while (held > text && firstSeq < lastSeq) letGoOfOldest();
      appended.emit(entry);
    },
    read(after, limit, mostText = Number.POSITIVE_INFINITY) {
      const start = Math.max(after + 1, firstSeq);
      const end = Math.min(lastSeq, start + limit - 1);
      const entries: LogEntry[] = [];
      let read = 0;
      for (let seq = start; seq <= end; seq++) {
        const { entry, size } = kept[seq % capacity] ?? { size: 0 };
        read += size;
        if (read > mostText && entries.length > 0) break;
        if (entry !== undefined) entries.push(entry);
      }
      return { entries, missed: Math.max(0, start - Math.max(after, clearedSeq) - 1) };
    },
    clear() {
      firstSeq = lastSeq + 1;
      clearedSeq = lastSeq;
      held = 0;
      kept.fill(undefined);
    },
    get lastSeq() {
      return lastSeq;
    },
    onDidAppend: appended,
  };
}

export const pluginLogFor = ({ logEntries, logText, logMessageLength }: RuntimeLimits): PluginLog =>
  createPluginLog({ capacity: logEntries, text: logText, messageLength: logMessageLength });
