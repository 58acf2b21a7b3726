/** All that came of one request: what the command line prints of each file, and what a run adds up. */
import type { EffectiveLimit, Finding, LogEntry, Run } from '@shared/contracts';
import type { WireError } from '@shared/errors';
import type { SecurityEvent } from '@shared/schemas';

export type Outcome = Exclude<Run['outcome'], 'running'>;

export interface FileResult {
  /** Inside a folder the path with /, else the sample's name; with the number of the line where it makes several. */
  readonly file: string;
  readonly request: Record<string, unknown>;
  readonly response?: unknown;
  readonly responseProblems: readonly string[];
  /** Of an analyzer or a scanner. */
  readonly findings: readonly Finding[];
  /** Of the plugin's type: findings, enrichments, findings of a scan, deliveries, events out. */
  readonly resultCount: number;
  readonly outcome: Outcome;
  readonly error?: WireError;
  readonly durationMs: number;
  readonly isolation: string;
  /** What held for the process that worked on it, and for the request. */
  readonly limits: readonly EffectiveLimit[];
  readonly configGeneration: number;
  /** What the plugin itself had to say, in its response. */
  readonly warnings: readonly string[];
  readonly logs: readonly LogEntry[];
  readonly events: readonly SecurityEvent[];
  /** Events beyond those that are kept. */
  readonly eventsOmitted: number;
}
