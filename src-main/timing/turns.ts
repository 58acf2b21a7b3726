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

/** @param overlap whether work of the one name has to wait for work of the other; where they are the same unless told. */
export function createTurns(overlap = (one: string, other: string) => one === other): Turns {
  const asked = new Set<{ readonly names: readonly string[]; readonly result: Promise<unknown> }>();
  return {
    run(names, work) {
      const before = [...asked].filter((other) =>
        other.names.some((taken) => names.some((name) => overlap(name, taken))),
      );
      // It waits for what was asked for before it alone, so that no two wait for each other.
      const result = Promise.allSettled(before.map((other) => other.result)).then(work);
      const own = { names, result };
      asked.add(own);
      const forget = () => void asked.delete(own);
      result.then(forget, forget);
      return result;
    },
    async idle() {
      await Promise.allSettled([...asked].map(({ result }) => result));
    },
  };
}
