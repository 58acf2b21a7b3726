/** What the parts of a run that goes on share: its record, the plugin's process, and how results are told. */
import type { EffectiveLimit } from '@shared/contracts';
import type { EventBus } from '../bus/event-bus';
import { type Answer, CANCELLED } from './answer';
import type { FileResult } from './file-result';
import { fingerprintAll } from './fingerprint';
import type { PluginSeat } from './plugin-seat';
import type { RunRecord } from './run-record';
import { logOfRun } from './run-tap';
import type { Fields, Interim, RunType } from './types/run-type';

export interface RunInProgress {
  readonly type: RunType;
  readonly bus: EventBus;
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
export async function exchange(
  run: RunInProgress,
  label: string,
  request: Record<string, unknown>,
): Promise<WithoutEvents> {
  const { type, bus, record, seat, signal } = run;
  const { runId, comparison } = record.identity;
  const { instance } = await seat.take(type.limitsOf?.(request));
  const logStart = instance.log.lastSeq;
  const interim = (change: Interim) => {
    const findings = fingerprintAll(change.findings, label).map((found) => ({ ...found, change: 'first' as const }));
    record.noteInterim(change, findings);
    run.tell();
  };
  const answer = signal.aborted ? CANCELLED : await type.perform(request, { instance, bus, runId, signal, interim });
  const { isolation, configGeneration } = instance.status();
  const { lines, missed } = logOfRun(instance.log, runId, logStart, type.worksBetweenCalls);
  if (missed > 0) record.noteWarning('said', `${label}: ${missed} lines were logged faster than the log can keep.`);
  const result: WithoutEvents = {
    file: label,
    // It may be made of a sample or a configuration that has a secret in it.
    request: instance.redact(request),
    ...(answer.response === undefined ? {} : { response: answer.response }),
    responseProblems: answer.problems,
    findings: fingerprintAll(answer.findings, label).map(comparison.add),
    resultCount: answer.resultCount,
    outcome: answer.outcome,
    ...(answer.error === undefined ? {} : { error: answer.error }),
    durationMs: answer.durationMs,
    isolation,
    limits: [timeLimitOf(request, type), ...instance.limits],
    configGeneration,
    warnings: answer.warnings,
    logs: lines,
  };
  record.addResult(result, type.keepsExchanges);
  if (mayHaveEndedProcess(answer)) await seat.leave();
  return result;
}

/** What the contract gives such a request counts as built in. */
function timeLimitOf({ timeout }: Fields, { timeoutSeconds }: RunType): EffectiveLimit {
  const seconds = typeof timeout === 'number' ? timeout : timeoutSeconds;
  return { kind: 'time', unit: 'ms', limit: seconds * 1000, from: seconds === timeoutSeconds ? 'built-in' : 'run' };
}

const mayHaveEndedProcess = ({ outcome, error }: Answer) =>
  outcome === 'crashed' ||
  outcome === 'cancelled' ||
  (outcome === 'timeout' && (error?.code === 'plugins/timeout' || error?.code === 'runs/scan-timeout'));
