import { describe, expect, it } from 'vitest';
import { CRASH_RULES, createCrashHistory } from './crash-history';

const crash = { code: 'plugins/crashed', message: 'It fell.' };

describe('a plugin that crashed', () => {
  it('starts again, later each time, and the third time within five minutes not at all', () => {
    const history = createCrashHistory(CRASH_RULES);
    expect(history.note(crash, 0)).toBe(500);
    expect(history.note(crash, 1000)).toBe(1000);
    expect(history.quarantine).toBeUndefined();
    expect(history.note({ ...crash, message: 'Again.' }, 299_999)).toBeUndefined();
    expect(history.quarantine).toEqual({
      since: 299_999,
      reasons: [
        { at: 0, ...crash },
        { at: 1000, ...crash },
        { at: 299_999, ...crash, message: 'Again.' },
      ],
    });
  });

  it('may crash now and then for ever', () => {
    const history = createCrashHistory(CRASH_RULES);
    for (let at = 0; at < 1e8; at += 150_000) expect(history.note(crash, at)).toBeLessThan(2000);
  });

  it('never waits longer than the longest backoff', () => {
    const history = createCrashHistory({ ...CRASH_RULES, mostCrashes: 100 });
    const waits = Array.from({ length: 50 }, () => history.note(crash, 0));
    expect(waits.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(waits.at(-1)).toBe(30_000);
  });

  it('begins anew once it is released', () => {
    const history = createCrashHistory({ ...CRASH_RULES, mostCrashes: 2 });
    history.note(crash, 0);
    history.note(crash, 1);
    history.release();
    expect(history.quarantine).toBeUndefined();
    expect(history.note(crash, 2)).toBe(500);
  });
});
