/**
 * One thing at a time for each name: work that shares a name with other work waits for its end, in the order of
 * asking, and work of other names goes on beside it. One that fails keeps none from running.
 */
export interface Turns {
  /** @param names all that the work touches */
  run<Result>(names: readonly string[], work: () => Promise<Result>): Promise<Result>;
  /** Settles when all that was asked for until now has ended. */
  idle(): Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(names, work) {
      const before = Promise.allSettled(names.map((name) => last.get(name)));
      const result = before.then(work);
      // Taken for all names at once, so that no two wait for each other.
      for (const name of names) last.set(name, result);
      const forget = () => {
        for (const name of names) if (last.get(name) === result) last.delete(name);
      };
      result.then(forget, forget);
      return result;
    },
    async idle() {
      await Promise.allSettled(last.values());
    },
  };
}
