/** What came of one request, whatever the type of the plugin. Whatever the plugin does becomes an outcome. */
import { StudioError, toWireError, type WireError } from '@shared/errors';
import type { VulnerabilityResult } from '@shared/schemas';
import type { Outcome } from './file-result';

export interface Answer {
  readonly outcome: Outcome;
  readonly response?: unknown;
  /** Where the response breaks the contract. */
  readonly problems: readonly string[];
  /** Of an analyzer or a scanner. */
  readonly findings: readonly VulnerabilityResult[];
  /** How many results of the plugin's type there are. */
  readonly resultCount: number;
  readonly warnings: readonly string[];
  readonly error?: WireError;
  readonly durationMs: number;
}

const NOTHING = { problems: [], findings: [], resultCount: 0, warnings: [] };

export const CANCELLED: Answer = {
  ...NOTHING,
  outcome: 'cancelled',
  error: { code: 'plugins/cancelled', message: 'The run was stopped before the plugin was asked.' },
  durationMs: 0,
};

export const failedAnswer = (error: unknown, signal: AbortSignal, durationMs: number): Answer => ({
  ...NOTHING,
  outcome: outcomeOf(error, signal),
  error: toWireError(error),
  durationMs,
});

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

/** The sentence names one place; all of them are in data.problems. */
export const invalidResponse = (problems: readonly string[]): WireError => ({
  code: 'runs/invalid-response',
  message: `The response breaks the contract${problems.length > 1 ? ` in ${problems.length} places, first` : ''}: ${problems[0]}.`,
  data: { problems },
});

/** The plugin said itself that it did not succeed. */
export const answeredWith = (status: string, message: string | null | undefined): WireError => ({
  code: `runs/answered-${status}`,
  message: message || `The plugin answered with the status "${status}" and no message.`,
});

/** The longest delay that a timer takes. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const timeoutOf = (seconds: number) => Math.min(seconds * 1000, LONGEST_TIMEOUT_MS);
