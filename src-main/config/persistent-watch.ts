/**
 * Watching that does not give up. Where it fails it is told once, then tried again, each time after twice as long and
 * after a minute at most, until it holds.
 */
import { isStudioError } from '@shared/errors';
import type { Dispose } from '@shared/rpc';

export interface PersistentWatch {
  /** Nothing is watched now, and has not been since onDidFail. */
  readonly isDown: boolean;
  /** @throws StudioError workspace/not-found. All else that fails is tried again. */
  begin(): Promise<void>;
  /** Watches anew, such as another folder of the same name. @throws as begin. */
  restart(): Promise<void>;
  close(): void;
}

export interface PersistentWatchOptions {
  readonly start: (onFailure: (error: unknown) => void) => Promise<Dispose>;
  readonly onDidFail: (error: unknown) => void;
  /** It is watched again; what changed meanwhile was not seen. */
  readonly onDidReturn: () => void;
  /** The first time. */
  readonly retryAfterMs: number;
}

const LONGEST_WAIT_MS = 60_000;

export function createPersistentWatch(options: PersistentWatchOptions): PersistentWatch {
  const { start, onDidFail, onDidReturn, retryAfterMs } = options;
  let isDown = false;
  let stop: Dispose = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  let wait = retryAfterMs;
  let closed = false;

  const failed = (error: unknown) => {
    stop();
    stop = () => undefined;
    if (closed) return;
    const isNews = !isDown;
    isDown = true;
    timer = setTimeout(retry, wait).unref();
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    if (isNews) onDidFail(error);
  };

  /** A watcher that fails may say so many times, and before it has begun. */
  const watchOnce = async () => {
    let failure: { error: unknown } | undefined;
    let holds = false;
    const dispose = await start((error) => {
      const isFirst = failure === undefined;
      failure ??= { error };
      if (holds && isFirst) failed(error);
    });
    stop = dispose;
    if (closed) dispose();
    if (failure !== undefined) throw failure.error;
    holds = true;
  };

  const retry = () =>
    void watchOnce().then(() => {
      if (closed) return;
      isDown = false;
      wait = retryAfterMs;
      onDidReturn();
    }, failed);

  const begin = async () => {
    await watchOnce().catch((error: unknown) => {
      if (isStudioError(error, 'workspace/not-found')) throw error;
      failed(error);
    });
  };

  return {
    get isDown() {
      return isDown;
    },
    begin,
    restart() {
      clearTimeout(timer);
      stop();
      stop = () => undefined;
      isDown = false;
      return begin();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      stop();
    },
  };
}
