import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttle } from './throttle';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('speaks at once, then once an interval, and the last word is never lost', () => {
  const said: number[] = [];
  let now = 0;
  const tell = throttle(100, () => said.push(now));
  for (now = 0; now < 250; now += 10) {
    tell();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(200);
  expect(said).toHaveLength(4);
  expect(said.at(-1)).toBe(250);
});

test('is silent while there is nothing to say', () => {
  let times = 0;
  const tell = throttle(100, () => {
    times += 1;
  });
  tell();
  vi.advanceTimersByTime(1000);
  expect(times).toBe(1);
});
