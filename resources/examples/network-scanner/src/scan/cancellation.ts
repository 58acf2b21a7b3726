/** Tells everything that belongs to a scan that it is over, once, with the reason. */

export interface Cancellation {
  readonly isOver: boolean;
  /** Calls back at the end, or at once if that has come. @returns What takes it back. */
  onEnd(callback: () => void): () => void;
  end(): void;
}

export function createCancellation(): Cancellation {
  const callbacks = new Set<() => void>();
  let isOver = false;
  return {
    get isOver() {
      return isOver;
    },
    onEnd(callback) {
      if (isOver) callback();
      else callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    end() {
      if (isOver) return;
      isOver = true;
      for (const callback of callbacks) callback();
      callbacks.clear();
    },
  };
}
