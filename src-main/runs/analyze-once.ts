/**
 * Sends one request to a running plugin and says how it went. Whatever the plugin does becomes an outcome: only a
 * failure of the studio itself is thrown.
 */
import { StudioError, toWireError, type WireError } from '@shared/errors';
import type { AnalysisRequest, VulnerabilityResult } from '@shared/schemas';
import type { PluginInstance } from '../runtime/plugin-instance';
import type { Outcome } from './file-result';
import { checkResponse } from './response-check';

export interface Analysis {
  readonly outcome: Outcome;
  readonly response?: unknown;
  readonly problems: readonly string[];
  readonly findings: readonly VulnerabilityResult[];
  readonly warnings: readonly string[];
  readonly error?: WireError;
  readonly durationMs: number;
}

/** The longest delay that a timer takes. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export async function analyzeOnce(
  instance: Pick<PluginInstance, 'invoke'>,
  request: AnalysisRequest,
  { runId, signal }: { runId: string; signal: AbortSignal },
): Promise<Analysis> {
  const timeoutMs = Math.min((request.timeout ?? 300) * 1000, LONGEST_TIMEOUT_MS);
  const start = performance.now();
  let response: unknown;
  try {
    response = await instance.invoke('analyze', [request], { timeoutMs, runId, signal });
  } catch (error) {
    const durationMs = performance.now() - start;
    return { ...failed(outcomeOf(error, signal), toWireError(error)), durationMs };
  }
  return { ...judge(response, request.request_id), response, durationMs: performance.now() - start };
}

const failed = (outcome: Outcome, error: WireError) => ({ outcome, error, problems: [], findings: [], warnings: [] });

/** A process that dies while the run is being cancelled was cancelled, whoever was first to notice. */
export function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return 'cancelled';
  if (!(error instanceof StudioError)) return 'plugin-error';
  const outcomes: Readonly<Record<string, Outcome>> = {
    'plugins/timeout': 'timeout',
    'plugins/crashed': 'crashed',
    'plugins/not-running': 'crashed',
    'plugins/cancelled': 'cancelled',
  };
  return outcomes[error.code] ?? 'plugin-error';
}

function judge(value: unknown, requestId: string): Omit<Analysis, 'durationMs' | 'response'> {
  const { problems, findings, response } = checkResponse(value, requestId);
  const warnings = response?.warnings ?? [];
  if (response === undefined) {
    const message = `The response breaks the contract: ${problems[0]}${problems.length > 1 ? `, and ${problems.length - 1} more` : ''}.`;
    return {
      outcome: 'invalid-response',
      problems,
      findings,
      warnings,
      error: { code: 'runs/invalid-response', message },
    };
  }
  if (response.status === 'success') return { outcome: 'success', problems, findings, warnings };
  const message = response.error_message || `The plugin answered with the status "${response.status}" and no message.`;
  const outcome = response.status === 'timeout' ? 'timeout' : 'plugin-error';
  return { outcome, problems, findings, warnings, error: { code: `runs/answered-${response.status}`, message } };
}
