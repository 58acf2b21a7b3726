import { expect, test } from 'vitest';
import { weigh } from './weigh';

test('texts and names weigh what they are long, wherever they are', () => {
  const text = 'x'.repeat(1_000_000);
  for (const value of [text, [text], { deep: [{ text }, undefined, null, 1] }, { [text]: true }]) {
    expect(weigh(value)).toBeGreaterThanOrEqual(1_000_000);
    expect(weigh(value)).toBeLessThan(1_001_000);
  }
});

test('many small things weigh something, and one that is deep is no matter', () => {
  expect(weigh(Array.from({ length: 1000 }, () => 1))).toBeGreaterThan(8_000);
  let deep: unknown = 'end';
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  expect(weigh(deep)).toBeGreaterThan(100_000);
  expect(weigh(undefined)).toBe(0);
});
