/** Tells of changes at most ten times a second; the last one is told late rather than never. */
export interface RunTeller {
  soon(): void;
  now(): void;
}

const TELL_EVERY_MS = 100;

export function createTeller(tell: () => void): RunTeller {
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    tell();
  };
  return {
    now,
    soon() {
      if (timer !== undefined) return;
      const wait = last + TELL_EVERY_MS - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
  };
}
