/**
 * Runs every file of a folder, one after the other, reading one ahead. A file that cannot be a sample or on which the
 * plugin fails is a warning; a plugin that keeps crashing ends the run.
 */
import { messageOf, StudioError, toWireError, type WireError } from '@shared/errors';
import type { Outcome } from './file-result';
import { type FolderItem, folderRequests, type RequestTerms } from './folder-requests';
import type { OpenedFolder } from './opened-sample';
import { readAhead } from './read-ahead';
import { analyzeFile, type RunInProgress, type WithoutEvents } from './run-in-progress';

const MOST_CRASHES = 3;

export interface End {
  readonly outcome: Outcome;
  readonly error?: WireError;
}

export async function runFolder(run: RunInProgress, folder: OpenedFolder, terms: RequestTerms): Promise<End> {
  const counting = new AbortController();
  const counted = countFiles(run, folder, counting.signal);
  try {
    return await runFiles(run, folder, terms);
  } finally {
    counting.abort();
    await counted;
  }
}

interface Tally {
  analysed: number;
  failed: number;
  crashes: number;
  firstFailure?: WithoutEvents;
}

async function runFiles(run: RunInProgress, folder: OpenedFolder, terms: RequestTerms): Promise<End> {
  const { record, signal } = run;
  const tally: Tally = { analysed: 0, failed: 0, crashes: 0 };
  let done = 0;
  for await (const item of readAhead(folderRequests(folder, terms, signal))) {
    if (signal.aborted) break;
    record.noteProgress({ done, current: item.file });
    run.tell();
    if (item.kind !== 'request') record.noteWarning(item.kind, item.warning);
    else {
      const end = await runFile(run, item, tally);
      if (end !== undefined) return end;
    }
    done++;
    record.noteProgress({ done });
  }
  if (signal.aborted) return cancelled;
  // One that works shows that the plugin can; none that works is the plugin's failure, not the files'.
  if (tally.firstFailure !== undefined && tally.failed === tally.analysed) {
    const { outcome, error } = tally.firstFailure;
    return { outcome, error };
  }
  return { outcome: 'success' };
}

type FileRequest = Extract<FolderItem, { kind: 'request' }>;

/** Returns the end of the whole run, where this file is it. */
async function runFile(run: RunInProgress, { file, request }: FileRequest, tally: Tally): Promise<End | undefined> {
  const result = await analyzeFile(run, file, request).catch(startFailure);
  if (result.outcome === 'cancelled') return cancelled;
  if (!('file' in result)) return result;
  tally.analysed++;
  if (result.outcome === 'crashed') tally.crashes++;
  if (result.outcome !== 'success') {
    tally.failed++;
    tally.firstFailure ??= result;
    run.record.noteFailed(file, `${file}: ${result.error?.message ?? result.outcome}`);
  }
  await run.report(result);
  return tally.crashes === MOST_CRASHES ? crashedTooOften(file) : undefined;
}

const cancelled: End = { outcome: 'cancelled', error: { code: 'runs/cancelled', message: 'The run was stopped.' } };

const crashedTooOften = (file: string): End => ({
  outcome: 'crashed',
  error: {
    code: 'runs/crashed-too-often',
    message: `The plugin crashed ${MOST_CRASHES} times, last on ${file}. Run that file alone to see why.`,
  },
});

/** The plugin's process had to be started again and could not. */
function startFailure(error: unknown): End {
  if (!(error instanceof StudioError)) throw error;
  if (error.code === 'runs/cancelled') return cancelled;
  const { code, data } = toWireError(error);
  return {
    outcome: 'crashed',
    error: {
      code,
      message: `The plugin could not be started again: ${messageOf(error)}`,
      ...(data === undefined ? {} : { data }),
    },
  };
}

/** Runs ahead of the analysis, so that progress has something to be measured by. */
async function countFiles({ record, tell }: RunInProgress, folder: OpenedFolder, signal: AbortSignal): Promise<void> {
  let total = 0;
  for await (const item of folder.walk(signal)) {
    total += item.kind === 'file' ? 1 : 0;
    if (total % 100 === 0) {
      record.noteProgress({ total });
      tell();
    }
  }
  if (!signal.aborted) record.noteProgress({ total });
}
