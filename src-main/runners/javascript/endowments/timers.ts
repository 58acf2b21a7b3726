/** Timers that hand out numbers: a Timeout of the host's own would be a way to its classes. */
type Callback = (...args: unknown[]) => void;

export interface Timers {
  readonly globals: Record<string, unknown>;
}

/** Node runs a timer with a longer delay at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

const delayOf = (delay: unknown) => Math.min(Number(delay) || 0, LONGEST_DELAY);

/** @param onError Hears what a callback threw. */
export function createTimers(onError: (error: unknown, where: string) => void): Timers {
  const running = new Map<number, NodeJS.Timeout>();
  let lastId = 0;

  const guard = (callback: unknown, where: string): Callback => {
    if (typeof callback !== 'function') throw new TypeError(`${where} needs a function`);
    return (...args) => {
      try {
        Promise.resolve(callback(...args)).catch((error: unknown) => onError(error, where));
      } catch (error) {
        onError(error, where);
      }
    };
  };

  const clear = (id: unknown) => {
    if (typeof id !== 'number') return;
    clearTimeout(running.get(id));
    running.delete(id);
  };

  const setOne = (callback: unknown, delay: unknown, ...args: unknown[]) => {
    const call = guard(callback, 'setTimeout');
    const id = ++lastId;
    const run = () => {
      running.delete(id);
      call(...args);
    };
    running.set(id, setTimeout(run, delayOf(delay)));
    return id;
  };

  const setRepeated = (callback: unknown, delay: unknown, ...args: unknown[]) => {
    const id = ++lastId;
    running.set(id, setInterval(guard(callback, 'setInterval'), delayOf(delay), ...args));
    return id;
  };

  return {
    globals: {
      setTimeout: (...args: [unknown, unknown]) => setOne(...args),
      setInterval: (...args: [unknown, unknown]) => setRepeated(...args),
      clearTimeout: (id: unknown) => clear(id),
      clearInterval: (id: unknown) => clear(id),
      queueMicrotask: (callback: unknown) => queueMicrotask(guard(callback, 'queueMicrotask')),
    },
  };
}
