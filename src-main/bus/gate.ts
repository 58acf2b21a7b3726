/**
 * Where publishers wait while a subscriber that must not miss anything is full. They go through in the order in
 * which they came, one at a time, so that those who waited for one free place do not all take it.
 */
export interface Gate {
  /** @param who is full */
  shut(who: object): void;
  open(who: object): void;
  pass(): Promise<void>;
}

export function createGate(): Gate {
  const full = new Set<object>();
  const waiting: (() => void)[] = [];
  let letting = false;

  const letThrough = async () => {
    if (letting) return;
    letting = true;
    while (full.size === 0 && waiting.length > 0) {
      waiting.shift()?.();
      // Whoever was let through publishes before the next one is.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    letting = false;
  };

  return {
    shut: (who) => void full.add(who),
    open(who) {
      if (full.delete(who) && full.size === 0 && waiting.length > 0) void letThrough();
    },
    pass() {
      if (full.size === 0 && waiting.length === 0 && !letting) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        void letThrough();
      });
    },
  };
}
