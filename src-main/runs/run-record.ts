/**
 * What is kept of one run while it goes on and afterwards. However long it is and whatever the plugin sends, the
 * record stays bounded: beyond its limits things are counted and said, not kept.
 */
import type { Finding, LogEntry, Run, RunSummary, Sample } from '@shared/contracts';
import type { WireError } from '@shared/errors';
import type { Comparison } from './compare-findings';
import type { FileResult, Outcome } from './file-result';
import { createWarnings, type WarningKind } from './run-warnings';

export const MOST_FINDINGS = 10_000;
const MOST_LOGS = 5_000;
const BYTES_OF_A_FINDING = 3_000;
const BYTES_OF_A_LINE = 300;

export interface RunIdentity {
  readonly runId: string;
  readonly folder: string;
  readonly pluginId: string;
  readonly sample: Sample;
  readonly comparison: Comparison;
  readonly previousRunId?: string;
}

export interface RunRecord {
  readonly identity: RunIdentity;
  readonly findingCount: number;
  /** Also those that are not kept. */
  readonly warningCount: number;
  /** About how many bytes are kept. */
  readonly weight: number;
  addResult(result: Omit<FileResult, 'events' | 'eventsOmitted'>): void;
  noteEvent(): void;
  noteRequest(request: Record<string, unknown>): void;
  noteWarning(kind: WarningKind, warning: string): void;
  /** The file was not analysed, so its findings are not known. */
  noteFailed(file: string, warning: string): void;
  noteProgress(progress: Partial<NonNullable<RunSummary['progress']>>): void;
  finish(outcome: Outcome, error?: WireError): void;
  summary(): RunSummary;
  read(): Run;
}

/** @param keepsFindings false where the results are streamed to somebody else. */
export function createRunRecord(identity: RunIdentity, keepsFindings = true): RunRecord {
  const { runId, folder, pluginId, sample, comparison, previousRunId } = identity;
  const startedAt = Date.now();
  const start = performance.now();
  const findings: Finding[] = [];
  const logs: LogEntry[] = [];
  const warnings = createWarnings();
  const unanalysed = new Set<string>();
  let progress: RunSummary['progress'];
  let request: Record<string, unknown> | undefined;
  let last: Pick<FileResult, 'response' | 'isolation' | 'configGeneration'> | undefined;
  let responseProblems: readonly string[] = [];
  let gone: Finding[] = [];
  let outcome: Run['outcome'] = 'running';
  let error: WireError | undefined;
  let durationMs = 0;
  let findingCount = 0;
  let eventCount = 0;
  let logsLeftOut = 0;

  const summary = (): RunSummary => ({
    runId,
    folder,
    pluginId,
    sampleId: sample.id,
    sampleName: sample.name,
    outcome,
    startedAt,
    durationMs: outcome === 'running' ? performance.now() - start : durationMs,
    findingCount,
    eventCount,
    ...(progress === undefined ? {} : { progress: { ...progress } }),
  });

  const allWarnings = () => {
    const all = warnings.list();
    if (keepsFindings && findingCount > findings.length) {
      all.push(`The plugin found ${findingCount} things; the first ${findings.length} are kept.`);
    }
    if (logsLeftOut > 0)
      all.push(`${logsLeftOut} more lines were logged than the run keeps; the plugin's log has them.`);
    return all;
  };

  return {
    identity,
    get findingCount() {
      return findingCount;
    },
    get warningCount() {
      return warnings.count;
    },
    get weight() {
      const { content } = (request?.target_data ?? {}) as { content?: unknown };
      const text = typeof content === 'string' ? content.length : 0;
      return text * 2 + findings.length * BYTES_OF_A_FINDING + logs.length * BYTES_OF_A_LINE;
    },
    addResult(result) {
      request ??= result.request;
      const { response, isolation, configGeneration } = result;
      last = { response, isolation, configGeneration };
      findingCount += result.findings.length;
      if (keepsFindings) findings.push(...result.findings.slice(0, MOST_FINDINGS - findings.length));
      const roomForLogs = Math.max(0, MOST_LOGS - logs.length);
      logs.push(...result.logs.slice(0, roomForLogs));
      logsLeftOut += Math.max(0, result.logs.length - roomForLogs);
      if (responseProblems.length === 0) responseProblems = result.responseProblems;
      for (const warning of result.warnings) warnings.add('said', warning);
    },
    noteEvent() {
      eventCount++;
    },
    noteRequest(given) {
      request ??= given;
    },
    noteWarning: warnings.add,
    noteFailed(file, warning) {
      warnings.add('failed', warning);
      if (unanalysed.size < MOST_FINDINGS) unanalysed.add(file);
    },
    noteProgress(change) {
      const next = { done: 0, total: 0, current: '', ...progress, ...change };
      progress = { ...next, total: Math.max(next.total, next.done) };
    },
    finish(finalOutcome, finalError) {
      durationMs = performance.now() - start;
      outcome = finalOutcome;
      error = finalError;
      // What was not analysed this time may well be there still.
      if (outcome === 'success')
        gone = comparison.gone().filter(({ result }) => !unanalysed.has(result.location?.file ?? ''));
    },
    summary,
    read: () => ({
      ...summary(),
      request: request ?? {},
      ...(last?.response === undefined ? {} : { response: last.response }),
      responseProblems: [...responseProblems],
      findings,
      gone,
      ...(previousRunId === undefined ? {} : { previousRunId }),
      ...(error === undefined ? {} : { error }),
      warnings: allWarnings(),
      logs,
      isolation: last?.isolation ?? '',
      configGeneration: last?.configGeneration ?? 0,
    }),
  };
}
