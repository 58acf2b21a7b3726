/**
 * Notices a plugin that works though nobody asked it for anything: one that takes all the processor time that it may
 * have, for long, while no call and no delivery is in progress.
 */
export interface IdleCpu {
  /** @returns the percent of one core that it took, once it did so for too long */
  note(cpuMs: number, atMs: number, isBusy: boolean): number | undefined;
}

/** A process that wants all the time there is still gets a little less. */
const ALL_OF_IT = 0.9;

/** @param percent of one core that it may take. */
export function createIdleCpu(percent: number, longestMs: number): IdleCpu {
  let last: { cpuMs: number; atMs: number } | undefined;
  let usedMs = 0;
  let forMs = 0;
  return {
    note(cpuMs, atMs, isBusy) {
      const spent = last === undefined ? 0 : cpuMs - last.cpuMs;
      const passed = last === undefined ? 0 : atMs - last.atMs;
      last = { cpuMs, atMs };
      const isSpinning = !isBusy && spent >= (passed * percent * ALL_OF_IT) / 100 && passed > 0;
      usedMs = isSpinning ? usedMs + spent : 0;
      forMs = isSpinning ? forMs + passed : 0;
      return forMs >= longestMs ? (usedMs / forMs) * 100 : undefined;
    },
  };
}
