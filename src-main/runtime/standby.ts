/**
 * Processes that have started and wait for a plugin: starting one takes many times as long as loading a plugin into
 * it. One that ends while it waits is forgotten; the next plugin gets a fresh one.
 */
import type { RunnerProcess } from './runner-process';

export interface Standby {
  /** From now on keeps one process waiting. Resolves when it is ready. */
  keep(): Promise<void>;
  /** The one that waits, else a new one. */
  take(): RunnerProcess;
  close(): Promise<void>;
}

/** @param start never throws: a process that could not start has ended. */
export function createStandby(start: () => RunnerProcess): Standby {
  let waiting: RunnerProcess | undefined;
  let keeping = false;
  let closed = false;

  const refill = () => {
    if (!keeping || closed || waiting !== undefined) return;
    const process = start();
    waiting = process;
    void process.ended.then(() => {
      if (waiting === process) waiting = undefined;
    });
  };

  return {
    async keep() {
      keeping = true;
      refill();
      const process = waiting;
      if (process !== undefined) await Promise.race([process.ready, process.ended]);
    },
    take() {
      const process = waiting ?? start();
      waiting = undefined;
      // Not before the plugin has started: both would compete for the processor.
      if (keeping) setTimeout(refill, 500).unref();
      return process;
    },
    async close() {
      closed = true;
      const process = waiting;
      waiting = undefined;
      process?.kill();
      await process?.ended;
    },
  };
}
