/** Calls that wait for the runner's answer. Each is settled exactly once, by whoever comes first. */
import { isStudioError, StudioError } from '@shared/errors';
import { createDeadline, type Deadline } from './deadline';
import { limitError } from './limit-hit';

export interface CallOptions {
  /** More than 24 days, such as Infinity, is no limit. */
  readonly timeoutMs: number;
  readonly runId?: string | undefined;
  /** Its reason is what the call fails with where that is a StudioError, else plugins/cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** The host asks for itself: the plugin is not busy because of it. */
  readonly isOwn?: boolean;
  /** The process is ended after it: its time does not stand still for a question, since there may be nobody to answer. */
  readonly isLast?: boolean;
}

export interface PendingCalls {
  /**
   * @param onExpired The time is up, or the signal was given; the error says which. The call stays open until the
   *   process has ended, so that whoever asked knows that it has.
   */
  open(options: CallOptions, onExpired: (error: StudioError) => void): { id: number; answer: Promise<unknown> };
  resolve(id: number, value: unknown): void;
  reject(id: number, error: StudioError): void;
  /** @param errorFor Tells each call why, by its id. */
  rejectAll(errorFor: (id: number) => StudioError): void;
  runIdOf(id: number | undefined): string | undefined;
  /** Stops the time of that call, or of all where none is named, until the answer is called; never that of the last. */
  hold(id: number | undefined): () => void;
  /** Stops the time of all, also of those that come meanwhile, until the answer is called. */
  standStill(): () => void;
  /** Of those that others wait for. */
  readonly count: number;
}

interface Call {
  readonly runId: string | undefined;
  readonly isOwn: boolean;
  readonly isLast: boolean;
  readonly deadline: Deadline;
  resolve(value: unknown): void;
  reject(error: StudioError): void;
}

/** Only time in which the process could run counts. */
export const timedOut = (timeoutMs: number) =>
  limitError(
    { reason: 'timeout', figure: timeoutMs, limit: timeoutMs, unit: 'ms' },
    `The plugin did not answer within ${timeoutMs / 1000} s, so its process was ended. ` +
      'Give the request more time, or find out what takes so long.',
    { timeoutMs },
  );

const cancelled = () => new StudioError('plugins/cancelled', 'The call was cancelled, so the process was ended.');

export function createPendingCalls(): PendingCalls {
  const calls = new Map<number, Call>();
  let lastId = 0;
  /** While the process is stopped: what lets each call go on, by its id. */
  let still: Map<number, () => void> | undefined;

  const take = (id: number): Call | undefined => {
    const call = calls.get(id);
    calls.delete(id);
    return call;
  };

  return {
    open({ timeoutMs, runId, signal, isOwn = false, isLast = false }, onExpired) {
      const id = ++lastId;
      const deadline = createDeadline(timeoutMs, () => onExpired(timedOut(timeoutMs)));
      still?.set(id, deadline.hold());
      const abort = () => onExpired(isStudioError(signal?.reason) ? signal.reason : cancelled());
      signal?.addEventListener('abort', abort, { once: true });
      const answer = new Promise<unknown>((resolve, reject) =>
        calls.set(id, { runId, isOwn, isLast, deadline, resolve, reject }),
      ).finally(() => {
        deadline.close();
        signal?.removeEventListener('abort', abort);
      });
      return { id, answer };
    },
    resolve: (id, value) => take(id)?.resolve(value),
    reject: (id, error) => take(id)?.reject(error),
    rejectAll(errorFor) {
      for (const id of [...calls.keys()]) take(id)?.reject(errorFor(id));
    },
    hold(id) {
      const held = id === undefined ? [...calls.values()] : [calls.get(id)].flatMap((call) => call ?? []);
      const goOn = held.filter(({ isLast }) => !isLast).map(({ deadline }) => deadline.hold());
      return () => {
        for (const resume of goOn) resume();
      };
    },
    standStill() {
      const held = new Map([...calls].map(([id, { deadline }]) => [id, deadline.hold()]));
      still = held;
      return () => {
        if (still === held) still = undefined;
        for (const resume of held.values()) resume();
      };
    },
    get count() {
      let count = 0;
      for (const { isOwn } of calls.values()) if (!isOwn) count++;
      return count;
    },
    runIdOf: (id) => (id === undefined ? undefined : calls.get(id)?.runId),
  };
}
