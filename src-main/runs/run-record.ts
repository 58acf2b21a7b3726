/**
 * What is kept of one run while it goes on and afterwards. However long it is and whatever the plugin sends, the
 * record stays bounded: beyond its limits things are counted and said, not kept.
 */
import type { Exchange, Finding, LogEntry, Run, RunSummary, Sample } from '@shared/contracts';
import { cutText } from '@shared/contracts/runner-limits';
import type { WireError } from '@shared/errors';
import type { PluginType } from '@shared/schemas';
import type { Comparison } from './compare-findings';
import type { FileResult, Outcome } from './file-result';
import { createWarnings, type WarningKind } from './run-warnings';
import type { Interim } from './types/run-type';
import { weigh } from './weigh';

export const MOST_FINDINGS = 10_000;
const MOST_LOGS = 5_000;
/** Of all lines of a run together: the window gets them at once, and takes its time for more. */
export const MOST_LOGGED = 1024 * 1024;
const MOST_EXCHANGES = 1_000;
/** Of all exchanges of a run together, as JSON. */
const MOST_EXCHANGED = 32 * 1024 * 1024;
const MOST_OF_A_WARNING = 2_000;
/** Of findings, lines and the last response together; what is shared by two of them counts for both. */
export const MOST_BYTES = 64 * 1024 * 1024;

export interface RunIdentity {
  readonly runId: string;
  readonly folder: string;
  readonly pluginId: string;
  readonly pluginType: PluginType;
  readonly sample: Sample;
  readonly comparison: Comparison;
  readonly previousRunId?: string;
}

type KeptResult = Omit<FileResult, 'events' | 'eventsOmitted'>;

export interface RunRecord {
  readonly identity: RunIdentity;
  readonly findingCount: number;
  /** About how many bytes are kept. */
  readonly weight: number;
  /** @param keepsExchange whether request and response are kept, too. */
  addResult(result: KeptResult, keepsExchange?: boolean): void;
  /** How far the request that goes on has come. */
  noteInterim(interim: Interim, findings: readonly Finding[]): void;
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
  const { runId, folder, pluginId, pluginType, sample, comparison, previousRunId } = identity;
  const hasFindings = pluginType === 'analyzer' || pluginType === 'scanner';
  const startedAt = Date.now();
  const start = performance.now();
  const findings: Finding[] = [];
  const logs: LogEntry[] = [];
  const warnings = createWarnings();
  const unanalysed = new Set<string>();
  const exchanges: Exchange[] = [];
  let exchangedBytes = 0;
  let exchangesLeftOut = 0;
  let keptBytes = 0;
  let loggedBytes = 0;
  let responseBytes = 0;
  let responseLeftOut = false;
  let interim: Interim | undefined;
  let interimFindings: readonly Finding[] = [];
  let progress: RunSummary['progress'];
  let request: Record<string, unknown> | undefined;
  let last: Pick<FileResult, 'response' | 'isolation' | 'limits' | 'configGeneration'> | undefined;
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
    pluginType,
    sampleId: sample.id,
    sampleName: sample.name,
    outcome,
    startedAt,
    durationMs: outcome === 'running' ? performance.now() - start : durationMs,
    findingCount: findingCount + (interim?.resultCount ?? 0),
    eventCount,
    ...(progress === undefined ? {} : { progress: { ...progress } }),
  });

  const responseSoFar = () => {
    const response = interim?.response ?? last?.response;
    return response === undefined ? {} : { response };
  };

  const aboutLimits = () => {
    const all: string[] = [];
    if (keepsFindings && hasFindings && findingCount > findings.length) {
      all.push(`The plugin found ${findingCount} things; the first ${findings.length} are kept.`);
    }
    if (responseLeftOut) all.push('The last response is larger than what the run keeps; it is left out.');
    if (exchangesLeftOut > 0) {
      all.push(`${exchangesLeftOut} more requests were sent than the run keeps; the last response is kept.`);
    }
    if (logsLeftOut > 0)
      all.push(`${logsLeftOut} more lines were logged than the run keeps; the plugin's log has them.`);
    return all;
  };

  const allWarnings = () => {
    const limits = aboutLimits();
    return { warnings: [...warnings.list(), ...limits], warningCount: warnings.count + limits.length };
  };

  /** As many as there is room for, and no more bytes than that. */
  const takeWhatFits = <Thing>(things: readonly Thing[], most = MOST_BYTES): { fitting: Thing[]; taken: number } => {
    const fitting: Thing[] = [];
    let taken = 0;
    for (const thing of things) {
      const bytes = weigh(thing);
      if (keptBytes + bytes > MOST_BYTES || taken + bytes > most) break;
      keptBytes += bytes;
      taken += bytes;
      fitting.push(thing);
    }
    return { fitting, taken };
  };

  /** In the place of the one before. */
  const responseThatFits = (response: unknown) => {
    keptBytes -= responseBytes;
    responseBytes = weigh(response);
    responseLeftOut = keptBytes + responseBytes > MOST_BYTES;
    if (responseLeftOut) responseBytes = 0;
    keptBytes += responseBytes;
    return responseLeftOut ? undefined : response;
  };

  const noteWarning = (kind: WarningKind, warning: string) => warnings.add(kind, cutText(warning, MOST_OF_A_WARNING));

  const keepExchange = ({ file: label, request, response, outcome, error, durationMs }: KeptResult) => {
    const bytes = JSON.stringify([request, response]).length;
    if (exchanges.length >= MOST_EXCHANGES || exchangedBytes + bytes > MOST_EXCHANGED) {
      exchangesLeftOut++;
      return;
    }
    exchangedBytes += bytes;
    exchanges.push({
      label,
      request,
      ...(response === undefined ? {} : { response }),
      outcome,
      ...(error === undefined ? {} : { error }),
      durationMs,
    });
  };

  return {
    identity,
    get findingCount() {
      return findingCount;
    },
    get weight() {
      return weigh(request) + exchangedBytes + keptBytes;
    },
    addResult(result, keepsExchange = false) {
      request ??= result.request;
      interim = undefined;
      interimFindings = [];
      if (keepsExchange) keepExchange(result);
      const { isolation, limits, configGeneration } = result;
      findingCount += result.resultCount;
      if (keepsFindings) {
        findings.push(...takeWhatFits(result.findings.slice(0, MOST_FINDINGS - findings.length)).fitting);
      }
      const room = Math.max(0, MOST_LOGS - logs.length);
      const { fitting, taken } = takeWhatFits(result.logs.slice(0, room), MOST_LOGGED - loggedBytes);
      loggedBytes += taken;
      logs.push(...fitting);
      logsLeftOut += result.logs.length - fitting.length;
      last = { response: responseThatFits(result.response), isolation, limits, configGeneration };
      if (responseProblems.length === 0) responseProblems = result.responseProblems;
      for (const warning of result.warnings) noteWarning('said', warning);
    },
    noteInterim(change, found) {
      interim = change;
      interimFindings = found.slice(0, MOST_FINDINGS - findings.length);
      // Among several requests it is the requests that are counted.
      const isOneOfSeveral = progress?.unit === 'file' || progress?.unit === 'request';
      progress = isOneOfSeveral ? { ...progress!, current: change.progress.current } : change.progress;
    },
    noteEvent() {
      eventCount++;
    },
    noteRequest(given) {
      request ??= given;
    },
    noteWarning,
    noteFailed(file, warning) {
      noteWarning('failed', warning);
      if (unanalysed.size < MOST_FINDINGS) unanalysed.add(file);
    },
    noteProgress(change) {
      const next = { done: 0, total: 0, current: '', unit: 'file' as const, ...progress, ...change };
      progress = { ...next, total: Math.max(next.total, next.done) };
    },
    finish(finalOutcome, finalError) {
      durationMs = performance.now() - start;
      if (progress?.unit === 'percent' && finalOutcome === 'success') progress = { ...progress, done: progress.total };
      outcome = finalOutcome;
      error = finalError;
      // What was not analysed this time may well be there still.
      if (outcome === 'success')
        gone = takeWhatFits(
          comparison.gone().filter(({ result }) => !unanalysed.has(result.location?.file ?? '')),
        ).fitting;
      if (interim !== undefined) {
        interim = { ...interim, response: responseThatFits(interim.response) };
        interimFindings = takeWhatFits(interimFindings).fitting;
      }
      keptBytes += weigh(warnings.list()) + weigh(responseProblems);
    },
    summary,
    read: () => ({
      ...summary(),
      request: request ?? {},
      ...responseSoFar(),
      responseProblems: [...responseProblems],
      exchanges,
      findings: interimFindings.length === 0 ? findings : [...findings, ...interimFindings],
      gone,
      ...(previousRunId === undefined ? {} : { previousRunId }),
      ...(error === undefined ? {} : { error }),
      ...allWarnings(),
      logs,
      isolation: last?.isolation ?? '',
      ...(last === undefined ? {} : { limits: [...last.limits] }),
      configGeneration: last?.configGeneration ?? 0,
    }),
  };
}
