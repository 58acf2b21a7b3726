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
  // Replaced, never changed, so that whoever listens or leaves while it is walked does not disturb the walk.
  let listeners: readonly ((value: Value) => void)[] = [];
  return {
    on(listener) {
      const own = (value: Value) => listener(value);
      listeners = [...listeners, own];
      return () => {
        listeners = listeners.filter((other) => other !== own);
      };
    },
    emit(value) {
      let failures: unknown[] | undefined;
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          failures = [...(failures ?? []), error];
        }
      }
      for (const failure of failures ?? []) {
        if (onError === undefined) throw failure;
        onError(failure);
      }
    },
  };
}
