import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHeldClock } from './held-clock';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a clock stands still while something else decides, and goes on with the rest of its time', async () => {
  const clock = createHeldClock(100, new AbortController().signal);
  vi.advanceTimersByTime(60);
  let decide = () => {};
  const held = clock.hold(
    () =>
      new Promise<void>((resolve) => {
        decide = resolve;
      }),
  );
  vi.advanceTimersByTime(10_000);
  expect(clock.isUp()).toBe(false);
  decide();
  await held;
  vi.advanceTimersByTime(39);
  expect(clock.isUp()).toBe(false);
  vi.advanceTimersByTime(2);
  expect([clock.isUp(), clock.signal.aborted]).toEqual([true, true]);
});

it('a clock is stopped by the outer signal, which is not its time', () => {
  const outer = new AbortController();
  const clock = createHeldClock(100, outer.signal);
  outer.abort();
  expect([clock.isUp(), clock.signal.aborted]).toEqual([false, true]);
  clock.stop();
  expect(vi.getTimerCount()).toBe(0);
});
