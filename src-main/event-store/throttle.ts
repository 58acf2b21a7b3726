/** Calls back after it was asked to, and never more often than every so many milliseconds. Keeps no process alive. */
export interface Throttle {
  /** @param delay the earliest, in milliseconds from now */
  ask(delay?: number): void;
  close(): void;
}

export function createThrottle(call: () => void, interval: number): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let isSoon = false;
  let closed = false;

  const run = () => {
    timer = undefined;
    due = Number.POSITIVE_INFINITY;
    isSoon = false;
    last = performance.now();
    call();
  };

  return {
    ask(delay = 0) {
      if (isSoon || closed) return;
      const now = performance.now();
      const wanted = Math.max(now + delay, last + interval);
      isSoon = delay === 0;
      if (wanted >= due) return;
      clearTimeout(timer);
      due = wanted;
      timer = setTimeout(run, Math.ceil(wanted - now));
      timer.unref();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
