import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readStored } from './stored-layer';

describe('readStored', () => {
  test.each([
    ['a: 1\nb: {c: [x, "y"]}\n', { a: 1, b: { c: ['x', 'y'] } }],
    ['{\n\t"a": [\n\t\t1,\n\t\tnull\n\t]\n}', { a: [1, null] }],
    ['\uFEFFa: 1\r\n', { a: 1 }],
    ['base: &b {x: 1}\nmore:\n  <<: *b\n  y: 2\n', { base: { x: 1 }, more: { x: 1, y: 2 } }],
    ['1: one\ntrue: yes\n', { 1: 'one', true: 'yes' }],
    ['', {}],
    ['# nothing\n', {}],
    ['null', {}],
  ])('of %j the values are %j', (text, values) => {
    expect(readStored(text)).toMatchObject({ values, problems: [] });
  });

  test.each([
    ['a: 1\nb:\n  c: 1\n  c: 2\n', 'config/duplicate-key', 4],
    ['a: 1\n"a": 2\n', 'config/duplicate-key', 2],
    ['{"a": 1, "a": 2}', 'config/duplicate-key', 1],
    ['a: 1\n---\nb: 2\n', 'config/not-yaml', 2],
    ['a: !secret x\n', 'config/not-yaml', 1],
    ['a: !!js/function "x"\n', 'config/not-yaml', 1],
    ['a: 1\n? [1]\n: 2\n', 'config/not-yaml', 2],
    ['a: 1\nb: .nan\n', 'config/not-yaml', 2],
    ['a:\n\tb: 1\n', 'config/not-yaml', 2],
    ['a: *nowhere\n', 'config/not-yaml', 1],
    ['a: "b', 'config/not-yaml', 1],
    ['- a\n', 'config/not-an-object', 1],
    ['just text', 'config/not-an-object', 1],
    ['a:\n  constructor: 1\n', 'config/forbidden-key', 2],
  ])('refuses %j with its line', (text, code, line) => {
    const { problems, values } = readStored(text);
    expect(problems[0]).toMatchObject({ layer: 'stored', code, line });
    expect(values).toEqual({});
  });

  test.each([
    ['severity: [1\n', 2, 1],
    ['{"a": 1, "b" 2}\n', 1, 14],
    ['a: 1\nb: {c: 1, c: 2}\n', 2, 11],
    ['# c\na: !secret x\n', 2, 4],
  ])('says where in %j', (text, line, column) => {
    expect(readStored(text).problems[0]).toMatchObject({ line, column });
  });

  test('aliases that would grow without end are refused', () => {
    const level = (name: string, below: string) =>
      `${name}: &${name} [${Array.from({ length: 10 }, () => `*${below}`)}]\n`;
    const bomb = `a: &a [1]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}${level('e', 'd')}`;
    expect(readStored(bomb).problems).toMatchObject([
      { code: 'config/not-yaml', message: expect.stringMatching(/alias/) },
    ]);
  });

  test('an alias inside its own anchor is refused', () => {
    expect(readStored('a: &a {b: *a}').problems).toHaveLength(1);
  });

  test.each(['[', '{', '{a: ', '- ', 'a: ', '? ', '!t ', '&a ', '"'])('a megabyte of %j is refused at once', (unit) => {
    const start = performance.now();
    const { problems } = readStored(unit.repeat(Math.floor(1_000_000 / unit.length)));
    expect(problems).toMatchObject([{ code: 'config/too-deep', line: 1 }]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test.each([99, 101, 300, 1200])('%i levels of indentation are read up to a hundred', (levels) => {
    const text = Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    expect(readStored(text).problems.map(({ code }) => code)).toEqual(levels > 100 ? ['config/too-deep'] : []);
  });

  test('a merge of what is no object is refused', () => {
    expect(readStored('<<: 1\n').problems).toMatchObject([
      { code: 'config/not-yaml', message: expect.stringMatching(/Merge/) },
    ]);
  });

  test('a list on one long line is no nesting', () => {
    const items = Array.from({ length: 5000 }, (_, index) => `"item ${index}"`);
    expect(readStored(`a: [${items.join(', ')}]`).values.a).toHaveLength(5000);
  });

  test('what was written is read again', () => {
    const keys = fc.string().filter((key) => !['__proto__', 'constructor', 'prototype', '<<'].includes(key));
    const values = fc.dictionary(
      keys,
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()), fc.constant(null)),
    );
    fc.assert(
      fc.property(values, (value) => {
        expect(readStored(JSON.stringify(value)).values).toEqual(value);
        expect(readStored(stringify(value)).values).toEqual(value);
      }),
    );
  });

  test('whatever the text, it is read or refused, never thrown over', () => {
    const yamlLike = fc.array(
      fc.constantFrom(
        'a',
        ': ',
        '- ',
        '\n',
        '  ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '&x ',
        '*x ',
        '"',
        "'",
        '|\n',
        '!t ',
        '#',
        '? ',
        '---\n',
        '\t',
        '<<',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          yamlLike.map((parts) => parts.join('')),
        ),
        (text) => {
          const { problems, values } = readStored(text);
          if (problems.length > 0) expect(values).toEqual({});
          for (const { line } of problems) expect(line).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('finds the line of a value, or of what is around it', () => {
    const { lineOf, placeOf } = readStored('# c\na: 1\nb:\n  - x\n  - c: 2\n    d: 3\n');
    expect(['/a', '/b', '/b/1/d', '/nowhere'].map(placeOf)).toEqual([
      { line: 2, column: 4 },
      { line: 3, column: 1 },
      { line: 6, column: 8 },
      { line: 2, column: 1 },
    ]);
    expect(['/a', '/b', '/b/0', '/b/1/d', '/b/1/missing', '/nowhere', ''].map(lineOf)).toEqual([2, 3, 4, 6, 5, 2, 2]);
  });
});

test.each([
  ['of short lines', 'a: 1\n'],
  ['of list items', '- a\n'],
  ['of stray brackets', '}: \n'],
  ['of keys', '? a\n: b\n'],
  ['of nothing but line breaks', '\n'],
])('a file %s that would hold the studio up is refused before it is parsed', (_, part) => {
  expect(readStored(part.repeat(1_000_000 / part.length)).problems).toMatchObject([
    { code: 'config/too-large', message: expect.stringContaining('more than 100000 words and signs') },
  ]);
});
