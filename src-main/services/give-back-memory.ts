/**
 * Gives the system back what was taken for a while. After a plugin that flooded was ended, or a person cleared what was
 * kept, most of the host's memory is garbage, and an engine that has nothing to do does not collect it by itself.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createThrottle } from '../timing/throttle';

/** What follows from the end of a plugin is done by then. */
const SETTLED_MS = 1_000;
/** It stops the host for some 100 ms. */
const AT_MOST_EVERY_MS = 2_000;

/** The engine hands its collector to a context that is made while it may; nobody else gets it. */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  try {
    return runInNewContext('gc') as () => void;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}

let collector: (() => void) | undefined;

function collectGarbage(): void {
  collector ??= findCollector();
  collector();
}

export interface GivesBackMemory {
  /** Something large was let go. */
  soon(): void;
  close(): void;
}

export function createGivesBackMemory(collect = collectGarbage): GivesBackMemory {
  const throttle = createThrottle(collect, { intervalMs: AT_MOST_EVERY_MS, first: 'later' });
  return { soon: () => throttle.ask(SETTLED_MS), close: throttle.close };
}
