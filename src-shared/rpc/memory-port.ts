/** Two ports that are each other's far end, for tests and for a host and a client in one process. */
import type { Port } from './port';

interface End extends Port {
  receive(frame: unknown): void;
  farClosed(): void;
}

function createEnd(far: () => End): End {
  const waiting: unknown[] = [];
  let deliver: ((frame: unknown) => void) | undefined;
  let closed = false;
  const closeListeners: (() => void)[] = [];

  const finish = () => {
    if (closed) return false;
    closed = true;
    for (const listener of closeListeners.splice(0)) listener();
    return true;
  };

  return {
    post(frame) {
      if (closed) return;
      // A copy, as every real port makes one: nothing is shared by accident.
      const copy: unknown = JSON.parse(JSON.stringify(frame));
      void Promise.resolve().then(() => far().receive(copy));
    },
    receive(frame) {
      if (closed) return;
      if (deliver === undefined) waiting.push(frame);
      else deliver(frame);
    },
    onFrame(listener) {
      deliver = listener;
      for (const frame of waiting.splice(0)) listener(frame);
    },
    onClose(listener) {
      if (closed) listener();
      else closeListeners.push(listener);
    },
    close() {
      if (finish()) far().farClosed();
    },
    farClosed: () => void finish(),
  };
}

export function createMemoryPorts(): [Port, Port] {
  const near: End = createEnd(() => far);
  const far: End = createEnd(() => near);
  return [near, far];
}
