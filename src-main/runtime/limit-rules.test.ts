import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCpuBudget } from './cpu-budget';
import { createEventRate } from './event-rate';
import { createIdleCpu } from './idle-cpu';
import { limitsOfManifest } from './limit-layers';
import { cpuFromStat, memoryFromStatus, usageFromPs } from './process-usage';
import { DEFAULT_LIMITS } from './runtime-limits';

describe('a budget of processor time', () => {
  it('keeps a process to its share over time, however late somebody looks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 100 }),
        fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 50, maxLength: 300 }),
        (percent, gaps) => {
          const budget = createCpuBudget(percent, 0, 0);
          let [cpu, at, mayRun] = [0, 0, true];
          for (const gap of gaps) {
            at += gap;
            if (mayRun) cpu += gap;
            mayRun = budget.note(cpu, at);
          }
          const late = Math.max(...gaps);
          return cpu <= (at * percent) / 100 + late + 1e-6;
        },
      ),
    );
  });

  it('lets a process that does little run as it likes', () => {
    const budget = createCpuBudget(25, 0, 0);
    for (let at = 20; at < 5000; at += 20) expect(budget.note(at * 0.2, at)).toBe(true);
  });
});

describe('working unasked', () => {
  const spin = (isBusy: (at: number) => boolean, share = 1) => {
    const idle = createIdleCpu(100, 3000);
    for (let at = 0; at <= 10_000; at += 1000) {
      const percent = idle.note(at * share, at, isBusy(at));
      if (percent !== undefined) return { at, percent };
    }
    return undefined;
  };

  it('is noticed once it lasted', () => {
    expect(spin(() => false)).toEqual({ at: 3000, percent: 100 });
    expect(spin((at) => at <= 5000)).toEqual({ at: 8000, percent: 100 });
  });

  it('is none while a call is in progress, nor where the processor is not all taken', () => {
    expect(spin(() => true)).toBeUndefined();
    expect(spin((at) => at % 3000 === 0)).toBeUndefined();
    expect(spin(() => false, 0.5)).toBeUndefined();
  });
});

describe('the rate of events', () => {
  it('lets a burst through, and the rate for ever', () => {
    const rate = createEventRate(100, 50);
    for (let event = 0; event < 50; event++) expect(rate.note(0)).toBeUndefined();
    for (let at = 10; at < 60_000; at += 10) expect(rate.note(at)).toBeUndefined();
  });

  it('says how many a second there were when there are too many', () => {
    const rate = createEventRate(100, 1000);
    let over: number | undefined;
    let count = 0;
    for (let at = 0; over === undefined; at += 1) {
      over = rate.note(at);
      count++;
    }
    expect(count).toBe(1112);
    expect(over).toBeGreaterThan(900);
    expect(over).toBeLessThan(1100);
  });
});

describe('what the system says of a process', () => {
  it('is read whatever the process calls itself', () => {
    const rest = 'S 1 7 7 0 -1 4194560 9 0 0 0 12 34 0 0 20 0 11 0 5 6 777 18446744073709551615';
    expect(cpuFromStat(`7 (a) S) (b) ${rest}`)).toBe(460);
    expect(cpuFromStat('')).toBeUndefined();
    expect(memoryFromStatus('Name:\tnode\nVmRSS:\t   51200 kB\nThreads:\t1\n')).toBe(51_200 * 1024);
  });

  it('is read from ps too', () => {
    expect(usageFromPs('   1:02.50  52144\n')).toEqual({ cpuMs: 62_500, memoryBytes: 52_144 * 1024 });
    expect(usageFromPs('1-02:03:04 8')).toEqual({ cpuMs: 93_784_000, memoryBytes: 8192 });
    expect(usageFromPs('')).toBeUndefined();
  });
});

it('a manifest that says what it needs gets more of that alone', () => {
  expect(limitsOfManifest(DEFAULT_LIMITS)).toBe(DEFAULT_LIMITS);
  expect(limitsOfManifest(DEFAULT_LIMITS, { memory_intensive: true })).toEqual({
    ...DEFAULT_LIMITS,
    heapMb: 1024,
    memoryMb: 1536,
    from: { memory: 'manifest' },
  });
  expect(limitsOfManifest(DEFAULT_LIMITS, { cpu_intensive: true })).toEqual({ ...DEFAULT_LIMITS, idleCpuMs: 300_000 });
});
