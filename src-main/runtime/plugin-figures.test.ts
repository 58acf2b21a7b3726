import { describe, expect, it } from 'vitest';
import { createPluginFigures } from './plugin-figures';
import { createRecentValues } from './recent-values';
import { DEFAULT_LIMITS } from './runtime-limits';

describe('the spread of figures', () => {
  it('is exact over the last ones, and keeps the greatest of all', () => {
    const recent = createRecentValues(100);
    expect(recent.spread()).toEqual({ p50: 0, p95: 0, max: 0 });
    recent.add(5000);
    for (let value = 1; value <= 100; value++) recent.add(value);
    expect(recent.spread()).toEqual({ p50: 50, p95: 95, max: 5000 });
  });
});

describe('the figures of a plugin', () => {
  it('count calls and what became of them, each in the bucket of its time', () => {
    const figures = createPluginFigures();
    for (const durationMs of [0.5, 1, 1.5, 40, 90_000]) {
      figures.noteCall({ durationMs, timeoutMs: 300_000, failed: durationMs > 1000 });
    }
    const { calls, errors, latency, headroom } = figures.read(0);
    expect({ calls, errors }).toEqual({ calls: 5, errors: 1 });
    expect(latency.buckets.filter(({ count }) => count > 0)).toEqual([
      { le: 1, count: 2 },
      { le: 2, count: 1 },
      { le: 50, count: 1 },
      { count: 1 },
    ]);
    expect(latency).toMatchObject({ p50: 1.5, max: 90_000, sumMs: 90_043 });
    expect(headroom[0]).toEqual({
      kind: 'time',
      unit: 'ms',
      from: 'run',
      limit: 300_000,
      p50: 1.5,
      p95: 90_000,
      max: 90_000,
    });
  });

  it('say how near it came to the limits of its process', () => {
    const figures = createPluginFigures();
    figures.begin({
      ...DEFAULT_LIMITS,
      memoryMb: 100,
      cpuPercent: 25,
      eventsPerSecond: 50,
      from: { cpu: 'manifest', events: 'run' },
    });
    figures.noteSample({ at: 1000, cpuPercent: 5, memoryBytes: 10 });
    for (let event = 0; event < 30; event++) figures.noteEventOut();
    figures.noteSample({ at: 3000, cpuPercent: 20, memoryBytes: 20 });
    const { headroom, eventsOut } = figures.read(0);
    expect(eventsOut).toBe(30);
    expect(headroom.slice(1)).toEqual([
      { kind: 'memory', unit: 'bytes', from: 'built-in', limit: 104_857_600, p50: 10, p95: 20, max: 20 },
      { kind: 'cpu', unit: 'percent', from: 'manifest', limit: 25, p50: 5, p95: 20, max: 20 },
      { kind: 'events', unit: 'events/s', from: 'run', limit: 50, p50: 0, p95: 15, max: 15 },
    ]);
  });

  it('keep ten minutes and a hundred changes, however long it runs', () => {
    const figures = createPluginFigures();
    for (let at = 0; at < 2000; at++) {
      figures.noteSample({ at: at * 1000, cpuPercent: 0, memoryBytes: 0 });
      figures.noteTransition('ready', 'running');
    }
    const { samples, transitions } = figures.read(0);
    expect([samples.length, samples[0]?.at, transitions.length]).toEqual([600, 1_400_000, 100]);
  });
});
