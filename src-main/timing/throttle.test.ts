import { expect, it, onTestFinished, vi } from 'vitest';
import { createThrottle, type ThrottleOptions } from './throttle';

function createClock(first: ThrottleOptions['first'] = 'at-once') {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const said: number[] = [];
  const start = performance.now();
  const throttle = createThrottle(() => said.push(performance.now() - start), { intervalMs: 100, first });
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

it('calls back once for all who asked, just after, and not again before its interval is over', () => {
  const { throttle, said } = createClock('later');
  for (let asked = 0; asked < 10; asked += 1) throttle.ask();
  expect(said).toEqual([]);
  vi.advanceTimersByTime(10);
  expect(said).toEqual([0]);
  for (let asked = 0; asked < 10; asked += 1) throttle.ask();
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([0, 100]);
});

it('comes at once when it was asked to, though before it was asked for later', () => {
  const { throttle, said } = createClock('later');
  throttle.ask(600_000);
  throttle.ask();
  vi.advanceTimersByTime(1);
  expect(said).toEqual([0]);
});

it('speaks now when it is told to, instead of what was asked for', () => {
  const { throttle, said } = createClock();
  throttle.now();
  throttle.ask();
  throttle.now();
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([0, 0]);
});

it.each<ThrottleOptions['first']>(['later', 'at-once'])('calls nobody once it is closed: %s', (first) => {
  const { throttle, said } = createClock(first);
  throttle.ask(1);
  throttle.close();
  throttle.ask();
  throttle.now();
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([]);
});
