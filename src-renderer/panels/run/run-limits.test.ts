import { expect, test } from 'vitest';
import { holdsText, limitWords, withLimit } from './run-limits';

test('what is taken back leaves no empty limits behind', () => {
  expect(withLimit(undefined, 'memoryMb', 64)).toEqual({ memoryMb: 64 });
  expect(withLimit({ memoryMb: 64 }, 'cpuPercent', 50)).toEqual({ memoryMb: 64, cpuPercent: 50 });
  expect(withLimit({ memoryMb: 64 }, 'memoryMb', undefined)).toBeUndefined();
});

test('what holds otherwise is said with whose it is', () => {
  const limits = [
    { kind: 'heap', unit: 'bytes', limit: 512 * 1024 ** 2, from: 'registry' },
    { kind: 'cpu', unit: 'percent', from: 'built-in' },
  ] as const;
  expect(holdsText(limits, 'heap')).toBe('at most 512 MB, set by the registry configuration');
  expect(holdsText(limits, 'cpu')).toBe('not limited otherwise');
  expect(holdsText(undefined, 'cpu')).toBe('');
  expect(limitWords({ cpuPercent: 50, memoryMb: 64 })).toBe('64 MB · 50 %');
});
