import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatTime } from './figures';

test.each([
  [0, '0 B'],
  [1536, '1.5 KB'],
  [18_874_368, '18 MB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [3.14, '3.1 ms'],
  [42.4, '42 ms'],
  [1500, '1.5 s'],
  [61_000, '61 s'],
])('%d milliseconds read as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('a time of day has 24 hours', () => {
  expect(formatTime(new Date(2026, 0, 2, 17, 4, 9))).toBe('17:04:09');
  expect(formatTime(new Date(2026, 0, 2, 0, 4, 9))).toBe('00:04:09');
});

test('a count has a singular', () => {
  expect([1, 0, 41_208].map((count) => formatCount(count, 'file'))).toEqual(['1 file', '0 files', '41,208 files']);
});
