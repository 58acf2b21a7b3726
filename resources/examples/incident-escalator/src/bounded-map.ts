/** A map that forgets: when it is full, what was not touched for the longest time goes first. */

export interface BoundedMap<Value> {
  readonly size: number;
  get(key: string): Value | undefined;
  /** Adds or touches. @returns What had to go to make room. */
  set(key: string, value: Value): Value | undefined;
  delete(key: string): void;
  /** From the one that was not touched for the longest time. */
  entries(): IterableIterator<[string, Value]>;
}

export function createBoundedMap<Value>(capacity: () => number): BoundedMap<Value> {
  const values = new Map<string, Value>();
  return {
    get size() {
      return values.size;
    },
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      let gone: Value | undefined;
      while (values.size > capacity()) {
        const oldest = values.keys().next().value!;
        gone = values.get(oldest);
        values.delete(oldest);
      }
      return gone;
    },
    delete: (key) => void values.delete(key),
    entries: () => values.entries(),
  };
}
