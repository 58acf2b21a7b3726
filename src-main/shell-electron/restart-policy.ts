/**
 * Whether a host that died is started again without asking. One that dies again and again would only burn the
 * machine, so from the fourth time within a minute on the person decides.
 */
const WITHIN_MS = 60_000;
const ALLOWED = 3;

export interface RestartPolicy {
  /** Notes a death; true where the host may start again at once. */
  mayRestart(): boolean;
}

export function createRestartPolicy(now: () => number = Date.now): RestartPolicy {
  let deaths: number[] = [];
  return {
    mayRestart() {
      deaths = [...deaths.filter((time) => now() - time < WITHIN_MS), now()];
      return deaths.length <= ALLOWED;
    },
  };
}
