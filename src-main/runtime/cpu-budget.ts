/**
 * A token bucket of processor time. A process that has used up what it had saved waits until it can run for a while
 * again; what it took too much, because somebody looked late, it waits for longer. So the share holds over time, also
 * on a machine that is busy.
 */
export interface CpuBudget {
  /** @returns whether the process may run from now on */
  note(cpuMs: number, atMs: number): boolean;
}

/** A process that did little before may run so long without a stop, times its share. */
const SAVED_MS = 500;
/** A process that was stopped goes on when it can run so long, times its share. */
const PERIOD_MS = 80;

/** @param percent of one core; what it had at the beginning counts from there. */
export function createCpuBudget(percent: number, cpuMs: number, atMs: number): CpuBudget {
  const share = percent / 100;
  let saved = 0;
  let mayRun = true;
  let last = { cpuMs, atMs };
  return {
    note(cpu, at) {
      saved = Math.min(SAVED_MS * share, saved + (at - last.atMs) * share - (cpu - last.cpuMs));
      last = { cpuMs: cpu, atMs: at };
      mayRun = mayRun ? saved >= 0 : saved >= PERIOD_MS * share;
      return mayRun;
    },
  };
}
