/** What `studio run` is told on its command line. */
import type { RunLimits } from '@shared/contracts';
import type { Severity } from '@shared/schemas';

export const RUN_FORMATS = ['text', 'json', 'sarif'] as const;

export interface RunOptions {
  /** Absent where a method is called. */
  readonly sample?: string;
  /** Of the sample -. */
  readonly sampleName?: string;
  readonly targetType?: string;
  readonly dataType?: string;
  readonly scanType?: string;
  readonly profile?: string;
  readonly channel: readonly string[];
  readonly method?: string;
  /** JSON: the arguments of the method. */
  readonly args?: string;
  readonly config: readonly string[];
  /** Permissions, with hosts where it is the network. */
  readonly allow: readonly string[];
  readonly format: (typeof RUN_FORMATS)[number];
  readonly failOn?: Severity;
  /** In seconds, for each request. */
  readonly timeout?: number;
  /** In MB. */
  readonly maxMemory?: number;
  /** Percent of one core. */
  readonly maxCpu?: number;
  /** A second. */
  readonly maxEvents?: number;
  readonly registryConfig?: string;
}

/** Undefined where nothing was said. */
export function runLimitsOf({ maxMemory, maxCpu, maxEvents }: RunOptions): RunLimits | undefined {
  const limits: RunLimits = {
    ...(maxMemory === undefined ? {} : { memoryMb: maxMemory }),
    ...(maxCpu === undefined ? {} : { cpuPercent: maxCpu }),
    ...(maxEvents === undefined ? {} : { eventsPerSecond: maxEvents }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}
