/**
 * What one plugin may take of the machine. Times and memory are the contract's. Of the processor's time a plugin may
 * take all there is, unless a share is asked for: on the platform the registry's max_plugin_cpu_percent (50) is shared
 * by many plugins, here an author waits for one.
 */
import { LOG_MESSAGE_LIMIT, VALUE_LIMIT } from '@shared/contracts/runner-limits';
import { type Capabilities, SHUTDOWN_TIMEOUT, STARTUP_TIMEOUT } from '@shared/schemas';

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
}

export const DEFAULT_LIMITS: RuntimeLimits = {
  startupTimeoutMs: STARTUP_TIMEOUT * 1000,
  shutdownTimeoutMs: SHUTDOWN_TIMEOUT * 1000,
  heapMb: 512,
  memoryMb: 768,
  cpuPercent: undefined,
  idleCpuMs: 30_000,
  // Below what a busy host takes in: a plugin that is held back by that alone would flood until its time is over.
  eventsPerSecond: 5_000,
  eventBurst: 100_000,
  linesPerSecond: 2_000,
  lineBurst: 20_000,
  sampleMs: 1000,
  lineBytes: 2 * VALUE_LIMIT,
  sliceMs: 5,
  waitingEvents: 100_000,
  logEntries: 10_000,
  logText: 8 * 1024 * 1024,
  logMessageLength: LOG_MESSAGE_LIMIT,
};

/** What a plugin gets that says it needs more: see capabilities in plugin.json. */
const MEMORY_INTENSIVE = 2;
const CPU_INTENSIVE = 10;

/** Memory twice over for memory_intensive; ten times as long to work unasked for cpu_intensive. */
export function limitsFor(
  limits: RuntimeLimits,
  { memory_intensive, cpu_intensive }: Pick<Capabilities, 'memory_intensive' | 'cpu_intensive'> = {},
): RuntimeLimits {
  const memory = memory_intensive === true ? MEMORY_INTENSIVE : 1;
  const idle = cpu_intensive === true ? CPU_INTENSIVE : 1;
  if (memory * idle === 1) return limits;
  return {
    ...limits,
    heapMb: limits.heapMb * memory,
    memoryMb: limits.memoryMb * memory,
    idleCpuMs: limits.idleCpuMs * idle,
  };
}
