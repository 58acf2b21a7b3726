/**
 * What the opened plugins have logged, in the order in which they did, as far as the window keeps it. What is not here
 * is counted, never just absent.
 */
import type { LogEntry } from '@shared/contracts';
import type { LogMessage } from '../../ui/log-lines';

export interface CollectedMessage extends LogMessage {
  readonly folder: string;
  readonly seq: number;
  /** Characters. */
  readonly size: number;
}

export interface LogCollection {
  readonly messages: readonly CollectedMessage[];
  /** By folder: messages that were logged and are not here. */
  readonly missed: Readonly<Record<string, number>>;
  /** By folder. */
  readonly lastSeqs: Readonly<Record<string, number>>;
}

export const EMPTY_COLLECTION: LogCollection = { messages: [], missed: {}, lastSeqs: {} };

const MOST: Bounds = { messages: 20_000, characters: 24 * 1024 * 1024 };
/** What a message takes besides its texts. */
const AROUND = 100;

export interface Bounds {
  readonly messages: number;
  readonly characters: number;
}

/** How a folder and a run are called. */
export interface LogNames {
  plugin(folder: string): string;
  run(runId: string): string;
}

export interface LogRead {
  readonly folder: string;
  readonly entries: readonly LogEntry[];
  readonly missed: number;
}

function collected(folder: string, entry: LogEntry, names: LogNames): CollectedMessage {
  const { seq, time, level, message, fields, runId } = entry;
  return {
    key: `${folder}\n${seq}`,
    folder,
    seq,
    time,
    level,
    message,
    fields,
    plugin: names.plugin(folder),
    run: runId === undefined ? undefined : { id: runId, name: names.run(runId) },
    size: message.length + (fields === undefined ? 0 : JSON.stringify(fields).length) + AROUND,
  };
}

/** Both are in order already; of what was logged at once the first list comes first. */
function merged(before: readonly CollectedMessage[], fresh: readonly CollectedMessage[]): CollectedMessage[] {
  const [first] = fresh;
  if (first === undefined) return [...before];
  let at = before.length;
  while (at > 0 && (before[at - 1]?.time ?? 0) > first.time) at--;
  const tail = [...before.slice(at), ...fresh].sort((a, b) => a.time - b.time);
  return [...before.slice(0, at), ...tail];
}

export function takeRead(
  { messages, missed, lastSeqs }: LogCollection,
  { folder, entries, missed: missedByHost }: LogRead,
  names: LogNames,
  most: Bounds = MOST,
): LogCollection {
  // Two reads may overlap: an entry is taken once.
  const last = lastSeqs[folder] ?? 0;
  const fresh = entries.filter(({ seq }) => seq > last).map((entry) => collected(folder, entry, names));
  const all = merged(messages, fresh);
  const nowMissed = { ...missed, [folder]: (missed[folder] ?? 0) + missedByHost };
  let characters = all.reduce((sum, { size }) => sum + size, 0);
  let gone = 0;
  while (all.length - gone > most.messages || (characters > most.characters && gone < all.length - 1)) {
    const oldest = all[gone];
    if (oldest === undefined) break;
    characters -= oldest.size;
    nowMissed[oldest.folder] = (nowMissed[oldest.folder] ?? 0) + 1;
    gone++;
  }
  return {
    messages: gone === 0 ? all : all.slice(gone),
    missed: nowMissed,
    lastSeqs: { ...lastSeqs, [folder]: fresh.at(-1)?.seq ?? last },
  };
}

const without = (record: Readonly<Record<string, number>>, folder: string) => {
  const { [folder]: _, ...rest } = record;
  return rest;
};

/** The plugin was closed: should it be opened again, its log begins anew. */
export const withoutFolder = ({ messages, missed, lastSeqs }: LogCollection, folder: string): LogCollection => ({
  messages: messages.filter((each) => each.folder !== folder),
  missed: without(missed, folder),
  lastSeqs: without(lastSeqs, folder),
});

/** What was shown until now is gone for good; what is logged next comes after it. */
export const cleared = ({ lastSeqs }: LogCollection): LogCollection => ({ messages: [], missed: {}, lastSeqs });

export const missedInAll = ({ missed }: LogCollection): number =>
  Object.values(missed).reduce((sum, count) => sum + count, 0);
