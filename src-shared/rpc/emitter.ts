/** A list of listeners. A listener that throws does not keep the others from hearing. */
export type Dispose = () => void;

export interface Listenable<Value> {
  on(listener: (value: Value) => void): Dispose;
}

export interface Emitter<Value> extends Listenable<Value> {
  emit(value: Value): void;
}

/** @param onError hears what a listener threw; without it the error is thrown after all listeners were called. */
export function createEmitter<Value>(onError?: (error: unknown) => void): Emitter<Value> {
  const listeners = new Set<(value: Value) => void>();
  return {
    on(listener) {
      const own = (value: Value) => listener(value);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    emit(value) {
      const failures: unknown[] = [];
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          failures.push(error);
        }
      }
      for (const failure of failures) {
        if (onError === undefined) throw failure;
        onError(failure);
      }
    },
  };
}
