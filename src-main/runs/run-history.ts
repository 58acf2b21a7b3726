/**
 * The last runs of each plugin folder. The oldest goes when a folder has too many, or when together they take too
 * much memory; the newest always stays.
 */
import type { RunRecord } from './run-record';

export interface RunHistory {
  add(record: RunRecord): void;
  /** Throws away what is too much; to be called when a run has ended and weighs what it weighs. */
  trim(folder: string): void;
  find(runId: string): RunRecord | undefined;
  /** Newest first. */
  list(folder: string): RunRecord[];
  /** The newest run of a sample that came to a good end, to compare with. */
  lastSuccess(folder: string, sampleId: string): RunRecord | undefined;
}

const MOST_RUNS = 100;
const MOST_BYTES = 128 * 1024 * 1024;

export function createRunHistory(limits: { mostRuns?: number; mostBytes?: number } = {}): RunHistory {
  const { mostRuns = MOST_RUNS, mostBytes = MOST_BYTES } = limits;
  const byFolder = new Map<string, RunRecord[]>();
  const byId = new Map<string, RunRecord>();
  const newestFirst = (folder: string) => [...(byFolder.get(folder) ?? [])].reverse();

  const trim = (folder: string) => {
    const records = byFolder.get(folder) ?? [];
    let bytes = records.reduce((sum, { weight }) => sum + weight, 0);
    while (records.length > 1 && (records.length > mostRuns || bytes > mostBytes)) {
      const oldest = records.shift()!;
      bytes -= oldest.weight;
      byId.delete(oldest.identity.runId);
    }
  };

  return {
    add(record) {
      const { folder, runId } = record.identity;
      const records = byFolder.get(folder) ?? [];
      byFolder.set(folder, records);
      records.push(record);
      byId.set(runId, record);
      trim(folder);
    },
    trim,
    find: (runId) => byId.get(runId),
    list: newestFirst,
    lastSuccess: (folder, sampleId) =>
      newestFirst(folder).find(
        ({ identity, summary }) => identity.sample.id === sampleId && summary().outcome === 'success',
      ),
  };
}
