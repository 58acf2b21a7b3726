/**
 * Calls back after it was asked to, and never more often than every so many milliseconds; what was asked for last is
 * never lost. Keeps no process alive.
 */
export interface ThrottleOptions {
  readonly intervalMs: number;
  /** Whether whoever asks after a silence is answered before asking returns, or just after. */
  readonly first: 'at-once' | 'later';
}

export interface Throttle {
  /** @param delay the earliest, in milliseconds from now */
  ask(delay?: number): void;
  /** Calls back before it returns, whatever the interval, instead of what was asked for. */
  now(): void;
  close(): void;
}

export function createThrottle(call: () => void, { intervalMs, first }: ThrottleOptions): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let isSoon = false;
  let closed = false;

  const run = () => {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    isSoon = false;
    last = performance.now();
    call();
  };

  return {
    ask(delay = 0) {
      if (isSoon || closed) return;
      const now = performance.now();
      const wanted = Math.max(now + delay, last + intervalMs);
      if (first === 'at-once' && wanted <= now) return run();
      isSoon = delay === 0;
      if (wanted >= due) return;
      clearTimeout(timer);
      due = wanted;
      timer = setTimeout(run, Math.ceil(wanted - now));
      timer.unref();
    },
    now() {
      if (!closed) run();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
