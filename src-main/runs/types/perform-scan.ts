/**
 * One scan, from start_scan until get_scan_status says that it has ended. A run that is stopped, or whose time is up,
 * is stopped by cancel_scan; a plugin that goes on all the same loses its process.
 */
import { StudioError } from '@shared/errors';
import { type ScanRequest, type ScanResponse, ScanResponseSchema } from '@shared/schemas';
import { Compile } from 'typebox/compile';
import { type Answer, answeredWith, failedAnswer, invalidResponse, timeoutOf } from '../answer';
import { problemsOf } from '../response-check';
import type { CallTerms } from './run-type';
import { findingsOfScan } from './scan-findings';

const responses = Compile(ScanResponseSchema);

/** What the plugin has for a call that only asks or tells. */
const CALL_TIMEOUT_MS = 30_000;
/** What the plugin has to end a scan that was cancelled. */
const GRACE_MS = 5_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;
export const SCAN_TIMEOUT_SECONDS = 3600;

const ENDED: ReadonlySet<ScanResponse['status']> = new Set(['completed', 'failed', 'cancelled', 'timeout']);

class InvalidResponse extends Error {
  constructor(
    readonly problems: readonly string[],
    readonly response: unknown,
  ) {
    super(problems[0]);
  }
}

export async function performScan(request: ScanRequest, terms: CallTerms, graceMs = GRACE_MS): Promise<Answer> {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  // Ends the scan when the person has had enough of it, or its time is up.
  const stop = new AbortController();
  // Ends the process of a plugin that does not end the scan.
  const kill = new AbortController();
  let isLate = false;
  const onStop = () => stop.abort();
  terms.signal.addEventListener('abort', onStop, { once: true });
  const deadline = setTimeout(
    () => {
      isLate = true;
      stop.abort();
    },
    timeoutOf(request.timeout ?? SCAN_TIMEOUT_SECONDS),
  );
  let grace: NodeJS.Timeout | undefined;
  stop.signal.addEventListener('abort', () => {
    grace = setTimeout(() => kill.abort(), graceMs);
  });
  if (terms.signal.aborted) stop.abort();
  try {
    const last = await follow(request, terms, stop.signal, kill.signal);
    const findings = findingsOfScan(last, request.target);
    return { ...judge(last, { isStopped: terms.signal.aborted, isLate }), findings, durationMs: elapsed() };
  } catch (error) {
    if (!(error instanceof InvalidResponse)) {
      const answer = failedAnswer(error, terms.signal, elapsed());
      return isLate && answer.outcome === 'cancelled' ? { ...answer, outcome: 'timeout', error: TIME_IS_UP } : answer;
    }
    const { problems, response } = error;
    const findings = findingsOfScan(response, request.target);
    const base = { response, problems, findings, resultCount: countOf(response), warnings: [] };
    return { ...base, outcome: 'invalid-response', error: invalidResponse(problems), durationMs: elapsed() };
  } finally {
    clearTimeout(deadline);
    clearTimeout(grace);
    terms.signal.removeEventListener('abort', onStop);
  }
}

/** Returns the last response. Throws what a call of the plugin throws, and InvalidResponse. */
async function follow(
  request: ScanRequest,
  { instance, runId, interim }: CallTerms,
  stop: AbortSignal,
  kill: AbortSignal,
): Promise<ScanResponse> {
  const call = (method: string, argument: unknown) =>
    instance.invoke(method, [argument], { timeoutMs: CALL_TIMEOUT_MS, runId, signal: kill });
  let response = checked('start_scan', await call('start_scan', request), request.request_id);
  const { scan_id } = response;
  let pause = FIRST_PAUSE_MS;
  let isCancelled = false;
  while (!ENDED.has(response.status)) {
    interim({
      response,
      resultCount: countOf(response),
      findings: findingsOfScan(response, request.target),
      progress: {
        done: Math.floor(response.progress ?? 0),
        total: 100,
        current: response.current_activity ?? '',
        unit: 'percent',
      },
    });
    if (stop.aborted && !isCancelled) {
      isCancelled = true;
      pause = FIRST_PAUSE_MS;
      await call('cancel_scan', scan_id);
    } else await pauseFor(pause, isCancelled ? kill : stop);
    if (kill.aborted) {
      await instance.stop();
      throw new StudioError('plugins/cancelled', 'The scan went on after it was cancelled, so its process was ended.');
    }
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
    response = checked('get_scan_status', await call('get_scan_status', scan_id), request.request_id);
  }
  return response;
}

function checked(method: string, value: unknown, requestId: string): ScanResponse {
  if (value === undefined || value === null) {
    throw new InvalidResponse([`${method} returned nothing; it must return a ScanResponse`], undefined);
  }
  if (!responses.Check(value)) throw new InvalidResponse(problemsOf(responses, value), value);
  const response = value as ScanResponse;
  if (response.request_id === requestId) return response;
  throw new InvalidResponse([`/request_id is "${response.request_id}", but the request had "${requestId}"`], response);
}

const countOf = (response: unknown): number => {
  const { findings } = (response as { result?: { findings?: unknown } | null } | undefined)?.result ?? {};
  return Array.isArray(findings) ? findings.length : 0;
};

const TIME_IS_UP = {
  code: 'runs/scan-timeout',
  message: 'The scan did not end within its time, so it was cancelled. Give it more time, or a smaller target.',
};

function judge(
  response: ScanResponse,
  { isStopped, isLate }: { isStopped: boolean; isLate: boolean },
): Omit<Answer, 'durationMs' | 'findings'> {
  const { status, result, error_message } = response;
  const base = {
    response,
    problems: [],
    resultCount: countOf(response),
    warnings: result?.warnings ?? [],
  };
  if (status === 'completed') return { ...base, outcome: 'success' };
  if (isStopped) return { ...base, outcome: 'cancelled', error: STOPPED };
  if (isLate) return { ...base, outcome: 'timeout', error: TIME_IS_UP };
  const error = answeredWith(status, error_message || result?.error_message);
  if (status === 'cancelled') return { ...base, outcome: 'cancelled', error };
  return { ...base, outcome: status === 'timeout' ? 'timeout' : 'plugin-error', error };
}

const STOPPED = { code: 'runs/cancelled', message: 'The scan was cancelled.' };

/** Settles after the time, or when the signal is given. */
function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
