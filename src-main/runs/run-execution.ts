/** Carries a run from its first event to its last. It never rejects: how the run went is in its record. */
import { toWireError } from '@shared/errors';
import type { EventBus } from '../bus/event-bus';
import { createThrottle } from '../timing/throttle';
import type { FileResult } from './file-result';
import type { PluginSeat, SeatedPlugin } from './plugin-seat';
import { announceEnd, announceStart } from './run-events';
import type { RunInProgress } from './run-in-progress';
import type { RunRecord } from './run-record';
import { tapRun } from './run-tap';
import type { Work, WorkEnd } from './run-work';
import { RUN_TYPES } from './types/run-types';

const TELL_EVERY_MS = 100;

export interface Execution {
  readonly bus: EventBus;
  readonly record: RunRecord;
  readonly work: Work;
  readonly seat: PluginSeat;
  readonly plugin: SeatedPlugin;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
  /** Where it is absent, events are only counted. */
  readonly onFileResult?: (result: FileResult) => Promise<void>;
}

export async function executeRun(execution: Execution): Promise<void> {
  const { bus, record, work, seat, plugin, signal, onChange, onFileResult } = execution;
  const throttle = createThrottle(onChange, { intervalMs: TELL_EVERY_MS, first: 'at-once' });
  const type = RUN_TYPES[plugin.manifest.plugin_type];
  const tap = tapRun(bus, {
    runId: record.identity.runId,
    instanceId: () => (type.worksBetweenCalls ? seat.instanceId : undefined),
    keeps: onFileResult !== undefined,
    onEvent: record.noteEvent,
  });
  const report: RunInProgress['report'] = async (result) => onFileResult?.({ ...result, ...tap.takeEvents() });
  announceStart(bus, record, plugin);
  throttle.now();
  const end = await work({ type, bus, record, seat, signal, tell: throttle.ask, report }).catch(
    (error: unknown): WorkEnd => ({
      outcome: signal.aborted ? 'cancelled' : 'plugin-error',
      error: toWireError(error),
    }),
  );
  await seat.leave().catch((error: unknown) => record.noteWarning('said', toWireError(error).message));
  record.finish(end.outcome, end.error);
  announceEnd(bus, record, plugin);
  if (end.result !== undefined) await report(end.result);
  tap.close();
  throttle.now();
}
