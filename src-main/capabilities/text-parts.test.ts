import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from './text-parts';

const character = fc.constantFrom('a', 'ü', '😀', '\ud83d', '\ude00');

test('the parts are the text, each is whole characters, and none is longer than asked by more than half of one', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), fc.integer({ min: 1, max: 5 }), (text, length) => {
      const parts = [...textParts(text, length)];
      expect(parts.join('')).toBe(text);
      expect(parts.map((part) => Buffer.from(part).toString()).join('')).toBe(Buffer.from(text).toString());
      expect(Math.max(0, ...parts.map((part) => part.length))).toBeLessThanOrEqual(length + 1);
    }),
  );
});
