/** The end of a plugin's log, as far as the window keeps it. What is not here is counted, never just absent. */
import type { LogEntry } from '@shared/contracts';

export interface LogBuffer {
  readonly entries: readonly LogEntry[];
  /** Entries that were logged and are not here. */
  readonly missed: number;
  readonly lastSeq: number;
}

export const EMPTY_LOG: LogBuffer = { entries: [], missed: 0, lastSeq: 0 };
/** What the host keeps. */
const MOST = 10_000;

export function appendLog(
  { entries, missed, lastSeq }: LogBuffer,
  read: { readonly entries: readonly LogEntry[]; readonly missed: number },
  most = MOST,
): LogBuffer {
  // Two reads may overlap: an entry is taken once.
  const fresh = read.entries.filter(({ seq }) => seq > lastSeq);
  const all = [...entries, ...fresh];
  const excess = Math.max(0, all.length - most);
  return {
    entries: excess === 0 ? all : all.slice(excess),
    missed: missed + read.missed + excess,
    lastSeq: fresh.at(-1)?.seq ?? lastSeq,
  };
}

/** What was shown until now is gone for good; what is logged next comes after it. */
export const clearedLog = ({ lastSeq }: LogBuffer): LogBuffer => ({ entries: [], missed: 0, lastSeq });
