import { expect, it, onTestFinished, vi } from 'vitest';
import { createThrottle, type ThrottleOptions } from './throttle';

it('calls back once for all who asked, and not again before its interval is over', async () => {
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    const tell = () => {
      times.push(performance.now());
      if (times.length === 3) resolve();
      else for (let asked = 0; asked < 10; asked += 1) throttle.ask();
    };
    const throttle = createThrottle(tell, { intervalMs: 30, first: 'later' });
    throttle.ask();
    throttle.ask();
    expect(times).toEqual([]);
  });
  expect(times).toHaveLength(3);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(28);
});

it('comes at once when it was asked to, though before it was asked for later', async () => {
  await new Promise<void>((resolve) => {
    const throttle = createThrottle(resolve, { intervalMs: 1, first: 'later' });
    throttle.ask(600_000);
    throttle.ask();
  });
});

it.each<ThrottleOptions['first']>(['later', 'at-once'])('calls nobody once it is closed: %s', async (first) => {
  let calls = 0;
  const closed = createThrottle(
    () => {
      calls += 1;
    },
    { intervalMs: 1, first },
  );
  closed.ask(1);
  closed.close();
  closed.ask();
  await new Promise<void>((resolve) => {
    createThrottle(resolve, { intervalMs: 1, first }).ask(20);
  });
  expect(calls).toBe(0);
});

function createClock() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const said: number[] = [];
  const start = performance.now();
  const throttle = createThrottle(() => said.push(performance.now() - start), { intervalMs: 100, first: 'at-once' });
  return { throttle, said };
}

it('speaks before asking returns where it is to, then once an interval, and the last word is never lost', () => {
  const { throttle, said } = createClock();
  throttle.ask();
  expect(said).toEqual([0]);
  for (let now = 0; now < 250; now += 10) {
    throttle.ask();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([0, 100, 200, 300]);
});

it('is silent while there is nothing to say, and speaks at once after a silence', () => {
  const { throttle, said } = createClock();
  throttle.ask();
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([0]);
  throttle.ask();
  expect(said).toEqual([0, 1000]);
});
