/**
 * What one plugin may take of the machine, where nobody said otherwise. Times and memory are the contract's. Of the
 * processor's time a plugin may take all there is, unless a share is asked for: the registry's max_plugin_cpu_percent
 * (50) is for a platform on which many plugins share a core. Here an author waits for one: half a core would make every
 * run take twice as long, and stop the plugin's process a dozen times a second while it is measured. So the share holds
 * where a registry configuration or a run names it.
 */
import type { LimitSource } from '@shared/contracts';
import { LOG_MESSAGE_LIMIT, VALUE_LIMIT } from '@shared/contracts/runner-limits';
import { SHUTDOWN_TIMEOUT, STARTUP_TIMEOUT } from '@shared/schemas';

/** What somebody may say something about. */
export type LimitName = 'memory' | 'cpu' | 'events' | 'startup' | 'shutdown';

export interface RuntimeLimits {
  /** From the start to the end of initialize(). */
  readonly startupTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  /** The registry's max_plugin_memory_mb: JavaScript objects. */
  readonly heapMb: number;
  /** All memory of the process: the heap, what the engine takes, and buffers. */
  readonly memoryMb: number;
  /** Share of one core; undefined: not limited. On Windows it is measured, and nothing is stopped. */
  readonly cpuPercent: number | undefined;
  /** How long it may take all that of the processor while no call and no delivery is in progress. */
  readonly idleCpuMs: number;
  /** Events that it may publish, over time. */
  readonly eventsPerSecond: number;
  /** Events that it may publish at once. */
  readonly eventBurst: number;
  /** Lines that it may log, over time. */
  readonly linesPerSecond: number;
  /** Lines that it may log at once. */
  readonly lineBurst: number;
  /** How often its process is measured. */
  readonly sampleMs: number;
  /** Bytes of one line from the runner. */
  readonly lineBytes: number;
  /** How long the host works on what one runner said before it looks after others. */
  readonly sliceMs: number;
  /** Events of a plugin that wait for subscribers with the policy block. */
  readonly waitingEvents: number;
  readonly logEntries: number;
  /** Characters of all entries together. */
  readonly logText: number;
  readonly logMessageLength: number;
  /** Who said so; what is not here is built in. */
  readonly from: Readonly<Partial<Record<LimitName, LimitSource>>>;
}

/** Beside its objects a process holds buffers and the engine, which takes some 80 MB for itself. */
export const processMemoryMb = (heapMb: number) => heapMb + Math.max(128, heapMb / 2);

const HEAP_MB = 512;

export const DEFAULT_LIMITS: RuntimeLimits = {
  startupTimeoutMs: STARTUP_TIMEOUT * 1000,
  shutdownTimeoutMs: SHUTDOWN_TIMEOUT * 1000,
  heapMb: HEAP_MB,
  memoryMb: processMemoryMb(HEAP_MB),
  cpuPercent: undefined,
  idleCpuMs: 30_000,
  // Below what a busy host takes in: a plugin that is held back by that alone would flood until its time is over. What
  // an analysis of many files has to say at its end is more at once.
  eventsPerSecond: 5_000,
  eventBurst: 120_000,
  linesPerSecond: 2_000,
  lineBurst: 20_000,
  sampleMs: 1000,
  lineBytes: 2 * VALUE_LIMIT,
  sliceMs: 5,
  waitingEvents: 100_000,
  logEntries: 10_000,
  logText: 8 * 1024 * 1024,
  logMessageLength: LOG_MESSAGE_LIMIT,
  from: {},
};
