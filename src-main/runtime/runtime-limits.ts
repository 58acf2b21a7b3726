/** What one plugin may take of the machine. Times are the contract's. */
import { LOG_MESSAGE_LIMIT, VALUE_LIMIT } from '@shared/contracts/runner-limits';
import { SHUTDOWN_TIMEOUT, STARTUP_TIMEOUT } from '@shared/schemas';

export interface RuntimeLimits {
  /** From the start to the end of initialize(). */
  readonly startupTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  /** The registry's max_plugin_memory_mb: JavaScript objects. */
  readonly heapMb: number;
  /** All memory of the process: the heap, what the engine takes, and buffers. */
  readonly memoryMb: number;
  /** Bytes of one line from the runner. */
  readonly lineBytes: number;
  /** How long the host works on what one runner said before it looks after others. */
  readonly sliceMs: number;
  /** Events of a plugin that wait for subscribers with the policy block. */
  readonly waitingEvents: number;
  readonly logEntries: number;
  readonly logMessageLength: number;
}

export const DEFAULT_LIMITS: RuntimeLimits = {
  startupTimeoutMs: STARTUP_TIMEOUT * 1000,
  shutdownTimeoutMs: SHUTDOWN_TIMEOUT * 1000,
  heapMb: 512,
  memoryMb: 768,
  lineBytes: 2 * VALUE_LIMIT,
  sliceMs: 5,
  waitingEvents: 100_000,
  logEntries: 10_000,
  logMessageLength: LOG_MESSAGE_LIMIT,
};
