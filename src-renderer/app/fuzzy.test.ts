import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzyMatch, rank } from './fuzzy';

const best = (query: string, items: readonly string[]) =>
  rank(query, items, (item) => item, 10).map(({ item }) => item);

test('letters must occur in their order', () => {
  expect(fuzzyMatch('abc', 'a-b-c')).toBeDefined();
  expect(fuzzyMatch('cab', 'a-b-c')).toBeUndefined();
});

test('beginnings of words and whole runs come first', () => {
  expect(best('rp', ['src/parser.ts', 'Restart Plugin'])[0]).toBe('Restart Plugin');
  expect(best('rules', ['src/r-u-l-e-s.ts', 'src/rules.ts'])[0]).toBe('src/rules.ts');
});

test('without a query everything stays as it came', () => {
  expect(best('', ['b', 'a'])).toEqual(['b', 'a']);
});

test('what matches spells the query', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[a-zA-Z/. -]{0,20}$/), (query, text) => {
      const match = fuzzyMatch(query, text);
      if (match !== undefined) expect(match.at.map((index) => text[index]!.toLowerCase()).join('')).toBe(query);
    }),
  );
});
