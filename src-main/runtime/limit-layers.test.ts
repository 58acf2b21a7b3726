import { expect, it } from 'vitest';
import { effectiveLimits, limitsOfManifest, limitsOfRegistry, limitsOfRun } from './limit-layers';
import { DEFAULT_LIMITS } from './runtime-limits';

const registry = limitsOfRegistry(DEFAULT_LIMITS, { max_plugin_memory_mb: 256, max_plugin_cpu_percent: 40 });

it('a registry sets what it names, and leaves the rest as it is built in', () => {
  expect(limitsOfRegistry(DEFAULT_LIMITS, {})).toEqual(DEFAULT_LIMITS);
  expect(registry).toEqual({
    ...DEFAULT_LIMITS,
    heapMb: 256,
    memoryMb: 384,
    cpuPercent: 40,
    from: { memory: 'registry', cpu: 'registry' },
  });
  expect(limitsOfRegistry(DEFAULT_LIMITS, { startup_timeout: 5, shutdown_timeout: 0.5 })).toMatchObject({
    startupTimeoutMs: 5000,
    shutdownTimeoutMs: 500,
    from: { startup: 'registry', shutdown: 'registry' },
  });
});

it('a manifest asks for more, but never for more than a registry names as the most', () => {
  const asked = limitsOfManifest(DEFAULT_LIMITS, { memory_intensive: true });
  expect(asked).toMatchObject({ heapMb: 1024, memoryMb: 1536, from: { memory: 'manifest' } });
  expect(limitsOfManifest(registry, { memory_intensive: true })).toEqual(registry);
});

it('a run is given less of what the manifest comes to', () => {
  const asked = limitsOfManifest(DEFAULT_LIMITS, { memory_intensive: true });
  expect(limitsOfRun(asked, { memoryMb: 400, cpuPercent: 10, eventsPerSecond: 5 })).toMatchObject({
    heapMb: 400,
    memoryMb: 600,
    cpuPercent: 10,
    eventsPerSecond: 5,
    eventBurst: 5,
    from: { memory: 'run', cpu: 'run', events: 'run' },
  });
  expect(limitsOfRun(asked, {})).toBe(asked);
});

it('a small run still has room for the engine and buffers', () => {
  expect(limitsOfRun(DEFAULT_LIMITS, { memoryMb: 64 })).toMatchObject({ heapMb: 64, memoryMb: 192 });
});

it('a run that asks for more than it may have is refused with what it may have, and what would allow more', () => {
  const refusal = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error('It was not refused.');
  };
  expect(refusal(() => limitsOfRun(registry, { memoryMb: 300 }))).toMatchObject({
    code: 'limits/not-allowed',
    data: { limit: 'memory', asked: 300, most: 256 },
    message:
      'The run asks for 300 MB of memory, but the registry configuration allows 256 MB. Ask for 256 MB at most, or raise ' +
      'max_plugin_memory_mb in the registry configuration.',
  });
  expect(refusal(() => limitsOfRun(registry, { cpuPercent: 50 }))).toMatchObject({ data: { limit: 'cpu', most: 40 } });
  expect(refusal(() => limitsOfRun(DEFAULT_LIMITS, { memoryMb: 1024 }))).toMatchObject({
    message: expect.stringContaining('without a registry configuration a plugin may have 512 MB'),
  });
  expect(limitsOfRun(DEFAULT_LIMITS, { cpuPercent: 90 }).cpuPercent).toBe(90);
});

it('what holds is told with who said so', () => {
  expect(effectiveLimits(limitsOfRun(registry, { eventsPerSecond: 9 }))).toEqual([
    { kind: 'memory', unit: 'bytes', limit: 384 * 1024 ** 2, from: 'registry' },
    { kind: 'heap', unit: 'bytes', limit: 256 * 1024 ** 2, from: 'registry' },
    { kind: 'cpu', unit: 'percent', limit: 40, from: 'registry' },
    { kind: 'events', unit: 'events/s', limit: 9, from: 'run' },
    { kind: 'message', unit: 'bytes', limit: DEFAULT_LIMITS.lineBytes, from: 'built-in' },
    { kind: 'startup', unit: 'ms', limit: 30_000, from: 'built-in' },
    { kind: 'shutdown', unit: 'ms', limit: 15_000, from: 'built-in' },
  ]);
  expect(effectiveLimits(DEFAULT_LIMITS)[2]).toEqual({ kind: 'cpu', unit: 'percent', from: 'built-in' });
});
