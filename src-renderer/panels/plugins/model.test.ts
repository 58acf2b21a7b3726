import { LIFECYCLE_STATES } from '@shared/schemas';
import { expect, test } from 'vitest';
import { formatUptime, healthText, latencyBars, limitText, PLACES, possible, STEPS, share, withGaps } from './model';

test('every state has a place of its own, and steps lead between states beside each other', () => {
  const places = LIFECYCLE_STATES.map((state) => PLACES[state].join());
  expect(new Set(places).size).toBe(LIFECYCLE_STATES.length);
  for (const [from, to] of STEPS) {
    const [a, b] = [PLACES[from], PLACES[to]];
    expect(a[0] === b[0] || a[1] === b[1]).toBe(true);
  }
});

test('buttons offer what the host would do', () => {
  expect(possible('start', { state: 'stopped' })).toBe(true);
  expect(possible('start', { state: 'loaded' })).toBe(true);
  expect(possible('start', { state: 'ready' })).toBe(false);
  expect(possible('reload', { state: 'loaded' })).toBe(false);
  expect(possible('unload', { state: 'unloaded' })).toBe(false);
  const quarantine = { since: 1, reasons: [] };
  expect(possible('start', { state: 'error', quarantine })).toBe(false);
  expect(possible('release', { state: 'error', quarantine })).toBe(true);
});

test('times and health are said in words', () => {
  expect([900, 61_000, 7_260_000].map(formatUptime)).toEqual(['0 s', '1 min 1 s', '2 h 1 min']);
  expect(healthText({})).toBe('not asked yet');
  expect(healthText({ health: { status: 'healthy', checkedAt: 1, failures: 0 } })).toBe('healthy');
  expect(healthText({ health: { status: 'no rules', checkedAt: 1, failures: 2 } })).toBe('no rules (failed 2 ×)');
});

test('the histogram goes from the first bucket that has something to the last', () => {
  const buckets = [{ le: 1, count: 0 }, { le: 2, count: 4 }, { le: 1000, count: 0 }, { count: 2 }];
  expect(latencyBars({ p50: 0, p95: 0, max: 0, sumMs: 0, buckets })).toEqual([
    { label: '≤ 2 ms', count: 4, height: 1 },
    { label: '≤ 1 s', count: 0, height: 0 },
    { label: '> 1.0 s', count: 2, height: 0.5 },
  ]);
  expect(latencyBars({ p50: 0, p95: 0, max: 0, sumMs: 0, buckets: [{ le: 1, count: 0 }] })).toEqual([]);
});

test('what is left of a limit is known where there is one', () => {
  expect(share({ limit: 200, max: 50 })).toBe(0.25);
  expect(share({ limit: 200, max: 500 })).toBe(1);
  expect(share({ max: 50 })).toBeUndefined();
});

test('where nothing was measured the line has a gap', () => {
  expect(withGaps([1000, 2000, 3000], [1, 2, 3])).toEqual({ times: [1000, 2000, 3000], values: [1, 2, 3] });
  expect(withGaps([1000, 2000, 722_000], [20, 20, 1])).toEqual({
    times: [1000, 2000, 362_000, 722_000],
    values: [20, 20, null, 1],
  });
});

test('no limit is said only where there is none', () => {
  const spread = { p50: 0, p95: 0, max: 0 };
  expect(limitText({ kind: 'memory', unit: 'bytes', limit: 1024, from: 'built-in', ...spread }).text).toBe('1.0 KB');
  expect(limitText({ kind: 'cpu', unit: 'percent', from: 'built-in', ...spread }).text).toBe('no limit');
  const time = limitText({ kind: 'time', unit: 'ms', from: 'built-in', ...spread });
  expect([time.text, time.why]).toEqual(['–', 'Each request says how long its call may take; there was no call yet.']);
});
