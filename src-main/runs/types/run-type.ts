/** What a run must know of a type of plugins: how a sample becomes requests, and how a request is carried out. */
import type { RunLimits, RunSummary } from '@shared/contracts';
import type { VulnerabilityResult } from '@shared/schemas';
import type { EventBus } from '../../bus/event-bus';
import type { PluginInstance } from '../../runtime/plugin-instance';
import type { Answer } from '../answer';

/** What the plugin says it supports, by field of the request; a field is absent where it has not been asked yet. */
export type Choices = Readonly<Record<string, readonly string[]>>;

export type Fields = Readonly<Record<string, unknown>>;

export interface SampleText {
  readonly name: string;
  readonly text: string;
}

export interface SampleRequest {
  /** What of the sample it was made from. */
  readonly label: string;
  readonly fields: Fields;
}

export interface CallTerms {
  readonly instance: PluginInstance;
  readonly bus: EventBus;
  readonly runId: string;
  readonly signal: AbortSignal;
  /** How far the plugin has come with a request that takes its time. */
  interim(change: Interim): void;
}

export interface Interim {
  readonly response: unknown;
  readonly resultCount: number;
  /** Of a scan, so far. */
  readonly findings: readonly VulnerabilityResult[];
  readonly progress: NonNullable<RunSummary['progress']>;
}

export interface RunType {
  /** Fields of the request whose choices the plugin tells, and the method that tells them. */
  readonly choices: Readonly<Record<string, string>>;
  /** Fields that say what a request is about, so that they are each request's own. */
  readonly identity: readonly string[];
  /** At least one. Throws runs/bad-sample. */
  requestsOf(sample: SampleText, choices: Choices, wanted: Fields): SampleRequest[];
  /** Throws runs/invalid-request. */
  complete(given: Fields): Record<string, unknown>;
  /** Never throws what the plugin does. */
  perform(request: Record<string, unknown>, terms: CallTerms): Promise<Answer>;
  /** What the contract gives such a request, unless it says so itself. */
  readonly timeoutSeconds: number;
  /** What a request of the type gives its process; only those of scanners say so. */
  readonly limitsOf?: (request: Fields) => RunLimits;
  /** The contract's event types for the beginning and the end of a run. */
  readonly events: { readonly started?: string; readonly completed: string; readonly failed: string };
  /** The plugin works, logs and publishes for a request also while no call of it is being answered. */
  readonly worksBetweenCalls: boolean;
  /** Whether each request and response is kept; an analyzer's findings say it all. */
  readonly keepsExchanges: boolean;
}
