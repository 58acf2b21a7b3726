/**
 * Sends several requests, one after the other, reading one ahead. One that cannot be made or on which the plugin fails
 * is a warning; a plugin that keeps crashing ends the run.
 */
import { messageOf, StudioError, toWireError, type WireError } from '@shared/errors';
import type { Outcome } from './file-result';
import { readAhead } from './read-ahead';
import type { RequestItem } from './requests-of-sample';
import { exchange, type RunInProgress, type WithoutEvents } from './run-in-progress';
import { weigh } from './weigh';

const MOST_CRASHES = 3;
/** About so many bytes of a request are worth more than the moment that reading ahead saves. */
const LARGE = 512 * 1024;

export interface End {
  readonly outcome: Outcome;
  readonly error?: WireError;
}

interface Tally {
  sent: number;
  failed: number;
  crashes: number;
  firstFailure?: WithoutEvents;
}

export async function runSeveral(
  run: RunInProgress,
  items: AsyncGenerator<RequestItem, void, undefined>,
): Promise<End> {
  const { record, signal } = run;
  const tally: Tally = { sent: 0, failed: 0, crashes: 0 };
  let done = 0;
  for await (const item of readAhead(items, isLarge)) {
    if (signal.aborted) break;
    if (item.kind === 'passed-over') {
      record.noteWarning(item.kind, item.warning);
      continue;
    }
    record.noteProgress({ done, current: item.label });
    run.tell();
    if (item.kind !== 'request') record.noteWarning(item.kind, item.warning);
    else {
      const end = await runOne(run, item, tally);
      if (end !== undefined) return end;
    }
    done++;
    record.noteProgress({ done });
  }
  if (signal.aborted) return cancelled;
  // One that works shows that the plugin can; none that works is the plugin's failure, not the files'.
  if (tally.firstFailure !== undefined && tally.failed === tally.sent) {
    const { outcome, error } = tally.firstFailure;
    return { outcome, error };
  }
  return { outcome: 'success' };
}

const isLarge = (item: RequestItem) => item.kind === 'request' && weigh(item.request) > LARGE;

type SentRequest = Extract<RequestItem, { kind: 'request' }>;

/** Returns the end of the whole run, where this request is it. */
async function runOne(run: RunInProgress, { label, request }: SentRequest, tally: Tally): Promise<End | undefined> {
  const result = await exchange(run, label, request).catch(startFailure);
  if (result.outcome === 'cancelled') return cancelled;
  if (!('file' in result)) return result;
  tally.sent++;
  if (result.outcome === 'crashed') tally.crashes++;
  if (result.outcome !== 'success') {
    tally.failed++;
    tally.firstFailure ??= result;
    run.record.noteFailed(label, `${label}: ${result.error?.message ?? result.outcome}`);
  }
  await run.report(result);
  return tally.crashes === MOST_CRASHES ? crashedTooOften(label) : undefined;
}

const cancelled: End = { outcome: 'cancelled', error: { code: 'runs/cancelled', message: 'The run was stopped.' } };

const crashedTooOften = (label: string): End => ({
  outcome: 'crashed',
  error: {
    code: 'runs/crashed-too-often',
    message: `The plugin crashed ${MOST_CRASHES} times, last on ${label}. Run that alone to see why.`,
  },
});

/** The plugin's process had to be started again and could not. */
function startFailure(error: unknown): End {
  if (!(error instanceof StudioError)) throw error;
  if (error.code === 'runs/cancelled') return cancelled;
  if (error.code === 'limits/not-allowed' || error.code === 'runs/invalid-request') {
    return { outcome: 'plugin-error', error: toWireError(error) };
  }
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
