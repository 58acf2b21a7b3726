/** What the parts of a run that goes on share: its record, the plugin's process, and how results are told. */
import type { AnalysisRequest } from '@shared/schemas';
import { type Analysis, analyzeOnce } from './analyze-once';
import type { FileResult } from './file-result';
import { fingerprintAll } from './fingerprint';
import type { PluginSeat } from './plugin-seat';
import type { RunRecord } from './run-record';
import { logOfRun } from './run-tap';

export interface RunInProgress {
  readonly record: RunRecord;
  readonly seat: PluginSeat;
  readonly signal: AbortSignal;
  /** Tells that the record has changed; not more often than anybody could see. */
  tell(): void;
  /** Hands a result on; the run waits for whoever takes it. */
  report(result: WithoutEvents): Promise<void>;
}

export type WithoutEvents = Omit<FileResult, 'events' | 'eventsOmitted'>;

/** Sends one request and records what came of it. Throws only what getting the plugin's process throws. */
export async function analyzeFile(run: RunInProgress, file: string, request: AnalysisRequest): Promise<WithoutEvents> {
  const { record, seat, signal } = run;
  const { runId, comparison } = record.identity;
  const { instance } = await seat.take();
  const logStart = instance.log.lastSeq;
  const analysis = signal.aborted ? CANCELLED : await analyzeOnce(instance, request, { runId, signal });
  const { isolation, configGeneration } = instance.status();
  const { lines, missed } = logOfRun(instance.log, runId, logStart);
  if (missed > 0) record.noteWarning('said', `${file}: ${missed} lines were logged faster than the log can keep.`);
  const result: WithoutEvents = {
    file,
    request,
    ...(analysis.response === undefined ? {} : { response: analysis.response }),
    responseProblems: analysis.problems,
    findings: fingerprintAll(analysis.findings, file).map(comparison.add),
    outcome: analysis.outcome,
    ...(analysis.error === undefined ? {} : { error: analysis.error }),
    durationMs: analysis.durationMs,
    isolation,
    configGeneration,
    warnings: analysis.warnings,
    logs: lines,
  };
  record.addResult(result);
  if (hasEndedProcess(analysis)) await seat.leave();
  return result;
}

const CANCELLED: Analysis = {
  outcome: 'cancelled',
  problems: [],
  findings: [],
  warnings: [],
  error: { code: 'plugins/cancelled', message: 'The run was stopped before the plugin was asked.' },
  durationMs: 0,
};

const hasEndedProcess = ({ outcome, error }: Analysis) =>
  outcome === 'crashed' || outcome === 'cancelled' || (outcome === 'timeout' && error?.code === 'plugins/timeout');
