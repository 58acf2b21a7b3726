import { expect, it } from 'vitest';
import { toJsonValue } from './to-json-value';

it('a value is as large as its JSON: small numbers are small, and what is empty is not nothing', () => {
  expect(toJsonValue(new Array(8_500_000).fill(1), 'result')).toHaveLength(8_500_000);
  const none: unknown[] = [];
  expect(() => toJsonValue(new Array(12_000_000).fill(none), 'result')).toThrow('takes more than 32 MB');
  expect(() => toJsonValue(new Array(2_000_000).fill(1 / 3), 'result')).toThrow('takes more than 32 MB');
}, 30_000);
