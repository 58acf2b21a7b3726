import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closestTo, distanceBetween } from './closest';

test.each([
  ['analyser', 'analyzer'],
  ['Enricher', 'enricher'],
  ['scnaner', 'scanner'],
  ['widget', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('of %j it is closest to %j', (word, expected) => {
  expect(closestTo(word, ['analyzer', 'enricher', 'scanner'])).toBe(expected);
});

test('two words that are equally close are no suggestion', () => {
  expect(closestTo('cat', ['bat', 'hat'])).toBeUndefined();
});

test('the distance is the same both ways, and none only of equal words', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
      const distance = distanceBetween(left, right);
      expect(distance).toBe(distanceBetween(right, left));
      expect(distance === 0).toBe(left === right);
      expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
    }),
  );
});
