/**
 * Gives everything that has work a turn, in order, a slice of time after the other. Between slices the host does its
 * other work, so that neither a flood of events nor a handler that keeps publishing ever holds it up.
 */
import { Ring } from './ring';

export interface Worker {
  /** Does a little work. @returns whether there is more */
  work(): boolean;
  /** Its turn is over. The times are of performance.now(). */
  worked(began: number, ended: number): void;
}

export interface RoundRobin {
  /** Whoever is in line already must not be added again. */
  add(worker: Worker): void;
}

const SLICE_MS = 4;

export function createRoundRobin(): RoundRobin {
  const line = new Ring<Worker>();
  let waiting = false;

  const begin = () => {
    if (waiting) return;
    waiting = true;
    setImmediate(slice);
  };

  const slice = () => {
    waiting = false;
    let time = performance.now();
    const end = time + SLICE_MS;
    try {
      while (time < end) {
        const worker = line.shift();
        if (worker === undefined) return;
        const before = time;
        const hasMore = worker.work();
        time = performance.now();
        worker.worked(before, time);
        if (hasMore) line.push(worker);
      }
    } finally {
      if (line.length > 0) begin();
    }
  };

  return {
    add(worker) {
      line.push(worker);
      begin();
    },
  };
}
