import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPendingCalls } from './pending-calls';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('while a process is stopped', () => {
  it('no time passes for its calls, nor for those that come meanwhile', () => {
    const calls = createPendingCalls();
    const expired: string[] = [];
    const open = (name: string) => calls.open({ timeoutMs: 1000 }, () => expired.push(name));
    open('before');
    vi.advanceTimersByTime(600);
    const goOn = calls.standStill();
    open('meanwhile');
    vi.advanceTimersByTime(60_000);
    expect(expired).toEqual([]);
    goOn();
    open('after');
    vi.advanceTimersByTime(399);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(expired).toEqual(['before']);
    vi.advanceTimersByTime(600);
    expect(expired).toEqual(['before', 'meanwhile', 'after']);
    expect(calls.count).toBe(3);
  });
});
