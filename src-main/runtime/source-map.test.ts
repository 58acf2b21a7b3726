import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceMapReader, insertIntoMap } from './source-map';
import { decodeVlq, encodeVlq } from './vlq';

describe('numbers of a source map', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 })), (numbers) => {
        expect(decodeVlq(numbers.map(encodeVlq).join(''))).toEqual(numbers);
      }),
    );
  });
});

/** One line of the bundle: column 0 is a.ts 1:1, column 10 is a.ts 2:5, column 20 is b.ts 1:1. */
const map = {
  version: 3,
  sources: ['a.ts', 'b.ts'],
  mappings: `;${[
    [0, 0, 0, 0],
    [10, 0, 1, 4],
    [10, 1, -1, -4],
  ]
    .map((fields) => fields.map(encodeVlq).join(''))
    .join(',')}`,
};

describe('a source map', () => {
  it('tells where a place of the bundle was written', () => {
    const reader = createSourceMapReader(map);
    expect(reader.originalPosition(2, 1)).toEqual({ source: 'a.ts', line: 1, column: 1 });
    expect(reader.originalPosition(2, 15)).toEqual({ source: 'a.ts', line: 2, column: 5 });
    expect(reader.originalPosition(2, 21)).toEqual({ source: 'b.ts', line: 1, column: 1 });
    expect(reader.originalPosition(1, 1)).toBeUndefined();
    expect(reader.originalPosition(99, 1)).toBeUndefined();
  });

  it('stays true when text is inserted into a line', () => {
    const shifted = insertIntoMap(map, [
      { line: 2, column: 6, length: 3 },
      { line: 2, column: 14, length: 2 },
    ]);
    const reader = createSourceMapReader(shifted);
    expect(reader.originalPosition(2, 13)).toEqual({ source: 'a.ts', line: 1, column: 1 });
    expect(reader.originalPosition(2, 14)).toEqual({ source: 'a.ts', line: 2, column: 5 });
    expect(reader.originalPosition(2, 25)).toEqual({ source: 'a.ts', line: 2, column: 5 });
    expect(reader.originalPosition(2, 26)).toEqual({ source: 'b.ts', line: 1, column: 1 });
  });
});
