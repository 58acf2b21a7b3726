import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration } from './figures';

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

test('a count has a singular', () => {
  expect([1, 0, 41_208].map((count) => formatCount(count, 'file'))).toEqual(['1 file', '0 files', '41,208 files']);
});
