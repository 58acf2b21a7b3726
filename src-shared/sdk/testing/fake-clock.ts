/** A clock that stands still until a test lets it go on. */
import { goBy, realTime, type TimeSource } from './ambient';

/** Time in a test's hands. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Lets time pass: timers that come due run in their order, each when it is its time, and what waits for them goes on.
   * @param milliseconds 0 or more.
   */
  tick(milliseconds: number): Promise<void>;
  /** How many timers wait. */
  readonly waiting: number;
  /** Back to real time. Done after each test as well. */
  restore(): void;
}

interface Timer {
  readonly id: number;
  readonly run: () => void;
  readonly every: number | undefined;
  due: number;
}

/** Promises that are settled by now have been heard. */
const turn = () => new Promise<void>((resolve) => void realTime.setTimeout(resolve, 0));

/**
 * From now on `Date` and the timers of the plugin and its tests go by this clock.
 * @param start Where it begins, such as `2026-01-31T12:00:00Z`; the real time where it is left out.
 */
export function fakeClock(start?: string | number | Date): FakeClock {
  let now = start === undefined ? realTime.now() : new Date(start).getTime();
  if (Number.isNaN(now)) throw new RangeError(`fakeClock cannot begin at "${String(start)}": that is no time.`);
  const timers = new Map<number, Timer>();
  let lastId = 0;

  const add = (callback: (...args: never[]) => void, delay: number, repeats: boolean, args: unknown[]) => {
    const id = ++lastId;
    const run = () => (callback as (...values: unknown[]) => void)(...args);
    timers.set(id, { id, run, every: repeats ? Math.max(1, delay) : undefined, due: now + delay });
    return id;
  };
  const delayOf = (delay: number | undefined) => Math.max(0, Number(delay) || 0);

  const source: TimeSource = {
    now: () => now,
    setTimeout: (callback, delay, ...args) => add(callback, delayOf(delay), false, args),
    setInterval: (callback, delay, ...args) => add(callback, delayOf(delay), true, args),
    clear: (timer) => void timers.delete(timer as number),
  };

  const nextDue = (until: number): Timer | undefined =>
    [...timers.values()].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due || a.id - b.id)[0];

  goBy(source);
  return {
    now: () => now,
    async tick(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError(`Time goes forward only; tick got ${milliseconds}.`);
      const until = now + milliseconds;
      await turn();
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        now = Math.max(now, timer.due);
        if (timer.every === undefined) timers.delete(timer.id);
        else timer.due = now + timer.every;
        timer.run();
        await turn();
      }
      now = until;
    },
    get waiting() {
      return timers.size;
    },
    restore: () => goBy(realTime),
  };
}
