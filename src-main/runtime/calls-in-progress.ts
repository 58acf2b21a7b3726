/**
 * Which calls a plugin is busy with. A change of its configuration waits until there are none, and its time runs only
 * while there are none: a plugin that answers nobody because it works for somebody is not a plugin that hangs.
 */
import type { Dispose } from '@shared/rpc';

export interface CallsInProgress {
  /** @returns says that the call has ended */
  begin(): Dispose;
  /** Resolves when there are none, or at the end of the plugin. */
  none(): Promise<void>;
  /** A person is asked for the plugin: no time passes until that is disposed, and then it begins anew. */
  standStill(): Dispose;
  /** Calls back once there have been none for that long at a stretch. @returns gives up waiting */
  afterNoneFor(milliseconds: number, callback: () => void): Dispose;
  /** The plugin is going: whoever waits goes on, and finds that out. */
  close(): void;
}

interface Clock {
  start(): void;
  stop(): void;
}

export function createCallsInProgress(): CallsInProgress {
  const clocks = new Set<Clock>();
  let waiting: (() => void)[] = [];
  let count = 0;
  let standing = 0;
  let closed = false;

  const letGo = () => {
    const all = waiting;
    waiting = [];
    for (const goOn of all) goOn();
  };

  const stopClocks = () => {
    for (const clock of clocks) clock.stop();
  };
  const startClocks = () => {
    if (count === 0 && standing === 0) for (const clock of clocks) clock.start();
  };

  return {
    begin() {
      count++;
      stopClocks();
      let hasEnded = false;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        count--;
        if (count > 0) return;
        startClocks();
        letGo();
      };
    },
    standStill() {
      standing++;
      stopClocks();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        standing--;
        startClocks();
      };
    },
    async none() {
      // Another may have begun before whoever was let go went on.
      while (count > 0 && !closed) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    afterNoneFor(milliseconds, callback) {
      let timer: NodeJS.Timeout | undefined;
      const stop = () => clearTimeout(timer);
      const start = () => {
        stop();
        timer = setTimeout(callback, milliseconds);
      };
      const clock = { start, stop };
      clocks.add(clock);
      if (count === 0 && standing === 0) start();
      return () => {
        clocks.delete(clock);
        stop();
      };
    },
    close() {
      closed = true;
      letGo();
    },
  };
}
