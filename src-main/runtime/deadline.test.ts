import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDeadline } from './deadline';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a deadline that is held goes on with the rest of its time when the last lets it go', () => {
  const expired = vi.fn();
  const deadline = createDeadline(100, expired);
  vi.advanceTimersByTime(60);
  const first = deadline.hold();
  const second = deadline.hold();
  vi.advanceTimersByTime(1000);
  first();
  first();
  vi.advanceTimersByTime(1000);
  expect(expired).not.toHaveBeenCalled();
  second();
  vi.advanceTimersByTime(39);
  expect(expired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(expired).toHaveBeenCalledTimes(1);
});

it('a deadline that is closed, or has no end, never expires', () => {
  const expired = vi.fn();
  const closed = createDeadline(100, expired);
  const letGo = closed.hold();
  closed.close();
  letGo();
  createDeadline(Number.POSITIVE_INFINITY, expired).hold()();
  vi.advanceTimersByTime(10_000);
  expect([expired.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
});
