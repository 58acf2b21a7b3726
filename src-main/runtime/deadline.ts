/** A time limit that stands still while somebody holds it, such as while a person is being asked. */
export interface Deadline {
  /** @returns what lets it go on; when the last who holds it calls that, the rest of the time runs. */
  hold(): () => void;
  close(): void;
}

/** A timer of more milliseconds (24 days) would run out at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** @param timeoutMs more than 24 days, such as Infinity, is no limit. */
export function createDeadline(timeoutMs: number, onExpired: () => void): Deadline {
  let left = timeoutMs;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let holders = 0;
  let closed = timeoutMs > LONGEST_TIMER;

  const start = () => {
    if (closed) return;
    since = performance.now();
    timer = setTimeout(onExpired, left);
  };

  start();
  return {
    hold() {
      if (holders++ === 0) {
        clearTimeout(timer);
        left = Math.max(0, left - (performance.now() - since));
      }
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        if (--holders === 0) start();
      };
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
