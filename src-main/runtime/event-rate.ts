/** How many events a plugin may publish: so many a second, and for a while as many more as it has saved. */
export interface EventRate {
  /** One more. @returns the events a second that it published of late, where that was too many */
  note(atMs: number): number | undefined;
  /** How long whoever waits for an answer is to wait for it, so that it never comes to too many; mostly 0. */
  readonly heldBackMs: number;
}

/** Of what may be saved, so much is left for those who wait. */
const NEARLY_ALL = 10;

export function createEventRate(perSecond: number, burst: number): EventRate {
  let saved = burst;
  let last = 0;
  let since = 0;
  let count = 0;
  return {
    note(atMs) {
      saved = Math.min(burst, saved + ((atMs - last) * perSecond) / 1000);
      last = atMs;
      if (saved === burst) {
        since = atMs;
        count = 0;
      }
      saved--;
      count++;
      return saved < 0 ? Math.round(count / Math.max(1, (atMs - since) / 1000)) : undefined;
    },
    get heldBackMs() {
      return Math.max(0, ((burst / NEARLY_ALL - saved) / perSecond) * 1000);
    },
  };
}
