import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPointer, isWithin, toPointer, valueAt } from './pointer';

test('a pointer leads back to its path, whatever the keys hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (path) => {
      expect(fromPointer(toPointer(path))).toEqual(path);
    }),
  );
});

test('reads own values only', () => {
  const value = { a: [{ 'b/c': 1 }], '': 2 };
  expect(valueAt(value, '/a/0/b~1c')).toBe(1);
  expect(valueAt(value, '/')).toBe(2);
  expect(valueAt(value, '')).toBe(value);
  expect(valueAt(value, '/a/1')).toBeUndefined();
  expect(valueAt(value, '/constructor')).toBeUndefined();
  expect(valueAt(value, '/a/0/b~1c/length')).toBeUndefined();
});

test('is within the whole, itself and what is around it, not a neighbour that begins the same', () => {
  expect(['', '/a', '/a/b'].map((parent) => isWithin('/a/b', parent))).toEqual([true, true, true]);
  expect(['/a/b/c', '/a/', '/'].map((parent) => isWithin('/a/b', parent))).toEqual([false, false, false]);
  expect(isWithin('/ab', '/a')).toBe(false);
});
