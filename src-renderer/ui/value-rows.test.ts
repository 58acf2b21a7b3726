import { expect, test } from 'vitest';
import { copyText, previewOf, valueRows } from './value-rows';

const value = { 'a/b': [1, { c: null }], empty: {}, text: 'x' };

test('a closed tree shows the first level', () => {
  expect(valueRows(value, () => false).map(({ pointer, expandable }) => [pointer, expandable])).toEqual([
    ['/a~1b', true],
    ['/empty', false],
    ['/text', false],
  ]);
});

test('an open row is followed by its children, one deeper', () => {
  const rows = valueRows(value, () => true);
  expect(rows.map(({ pointer, depth }) => [pointer, depth])).toEqual([
    ['/a~1b', 0],
    ['/a~1b/0', 1],
    ['/a~1b/1', 1],
    ['/a~1b/1/c', 2],
    ['/empty', 0],
    ['/text', 0],
  ]);
});

test('a value that is no container is the only row', () => {
  expect(valueRows('plain', () => true)).toHaveLength(1);
});

test('a preview says how much a container holds', () => {
  expect([[1, 2], {}, { a: 1 }, 'x', null].map(previewOf)).toEqual(['[2]', '{}', '{1}', '"x"', 'null']);
});

test('copying a text gives the text itself, anything else its JSON', () => {
  expect([copyText('a\nb'), copyText({ a: 1 })]).toEqual(['a\nb', '{\n  "a": 1\n}']);
});
