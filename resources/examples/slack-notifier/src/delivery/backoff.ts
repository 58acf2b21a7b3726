/** How long to wait before a retry. Half of the wait is random, so that many senders do not come back all at once. */

export interface Backoff {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** @param retry 1 for the first. @param random From 0 to 1. */
export function backoffDelay(retry: number, { firstDelayMs, longestDelayMs }: Backoff, random: number): number {
  const whole = Math.min(longestDelayMs, firstDelayMs * 2 ** (retry - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
