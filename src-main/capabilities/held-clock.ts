/** A time limit that stands still while something else decides, such as a person who is being asked. */
export interface HeldClock {
  /** Aborted when the time is up, and when the outer signal is. */
  readonly signal: AbortSignal;
  isUp(): boolean;
  /** Runs the work with the clock standing still. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

export function createHeldClock(timeoutMs: number, outer: AbortSignal): HeldClock {
  const controller = new AbortController();
  let left = timeoutMs;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let isUp = false;

  const expire = () => {
    isUp = true;
    controller.abort();
  };
  const start = () => {
    since = performance.now();
    timer = setTimeout(expire, left);
  };
  const pause = () => {
    clearTimeout(timer);
    left = Math.max(1, left - (performance.now() - since));
  };
  const abort = () => controller.abort(outer.reason);

  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  start();
  return {
    signal: controller.signal,
    isUp: () => isUp,
    hold(work) {
      pause();
      return work().finally(start);
    },
    stop() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}
