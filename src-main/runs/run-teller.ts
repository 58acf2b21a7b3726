/** Tells of changes at most ten times a second, and of the last one in any case, since that is told with now(). */
export interface RunTeller {
  soon(): void;
  now(): void;
}

const TELL_EVERY_MS = 100;

export function createTeller(tell: () => void): RunTeller {
  let last = Number.NEGATIVE_INFINITY;
  const now = () => {
    last = performance.now();
    tell();
  };
  return {
    now,
    soon() {
      if (performance.now() - last >= TELL_EVERY_MS) now();
    },
  };
}
