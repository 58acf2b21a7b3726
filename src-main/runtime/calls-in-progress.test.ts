import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallsInProgress } from './calls-in-progress';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether it has resolved, once all that follows from what was done has happened. */
async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  let resolved = false;
  void promise.then(() => {
    resolved = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return resolved;
}

describe('whoever waits until no call is in progress', () => {
  it('goes on at once where there is none, and after the last one where there are', async () => {
    const calls = createCallsInProgress();
    expect(await isResolved(calls.none())).toBe(true);
    const [endOne, endTwo] = [calls.begin(), calls.begin()];
    const none = calls.none();
    endOne();
    endOne();
    expect(await isResolved(none)).toBe(false);
    endTwo();
    expect(await isResolved(none)).toBe(true);
  });

  it('waits for one more that begins just as the last one ends', async () => {
    const calls = createCallsInProgress();
    const end = calls.begin();
    const none = calls.none();
    end();
    const endNext = calls.begin();
    expect(await isResolved(none)).toBe(false);
    endNext();
    expect(await isResolved(none)).toBe(true);
  });

  it('goes on when the plugin goes', async () => {
    const calls = createCallsInProgress();
    calls.begin();
    const none = calls.none();
    calls.close();
    expect(await isResolved(none)).toBe(true);
  });
});

describe('time that runs only while no call is in progress', () => {
  it('is up after as long without a call', async () => {
    const calls = createCallsInProgress();
    const isUp = vi.fn();
    calls.afterNoneFor(1000, isUp);
    await vi.advanceTimersByTimeAsync(999);
    expect(isUp).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(isUp).toHaveBeenCalledOnce();
  });

  it('begins anew after each call, however long that was', async () => {
    const calls = createCallsInProgress();
    const isUp = vi.fn();
    const end = calls.begin();
    calls.afterNoneFor(1000, isUp);
    await vi.advanceTimersByTimeAsync(60_000);
    end();
    await vi.advanceTimersByTimeAsync(999);
    const endNext = calls.begin();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isUp).not.toHaveBeenCalled();
    endNext();
    await vi.advanceTimersByTimeAsync(1000);
    expect(isUp).toHaveBeenCalledOnce();
  });

  it('is never up once nobody waits for it', async () => {
    const calls = createCallsInProgress();
    const isUp = vi.fn();
    calls.afterNoneFor(1000, isUp)();
    calls.begin()();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isUp).not.toHaveBeenCalled();
  });
});
