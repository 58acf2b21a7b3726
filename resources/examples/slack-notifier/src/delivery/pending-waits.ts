/** The waits before retries. They end when the plugin does, so that it never holds up its own shutdown. */

export interface PendingWaits {
  wait(milliseconds: number): Promise<void>;
  /** Rejects all who wait, and all who want to from now on. */
  cancel(): void;
}

export function createPendingWaits(): PendingWaits {
  const pending = new Map<number, (reason: Error) => void>();
  const stopped = () => new Error('The plugin was stopped while it waited for the next try.');
  let isStopped = false;
  return {
    wait: (milliseconds) =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(stopped());
          return;
        }
        const timer = setTimeout(() => {
          pending.delete(timer);
          resolve();
        }, milliseconds);
        pending.set(timer, reject);
      }),
    cancel() {
      isStopped = true;
      for (const [timer, reject] of pending) {
        clearTimeout(timer);
        reject(stopped());
      }
      pending.clear();
    },
  };
}
