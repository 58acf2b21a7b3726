import { expect, test } from 'vitest';
import { copyText, previewOf, restText, SLICE, type TreeRow, valueRows } from './value-rows';

const value = { 'a/b': [1, { c: null }], empty: {}, text: 'x' };

const rowsOf = (root: unknown, depth = 0, toggled: readonly string[] = [], limits: readonly [string, number][] = []) =>
  valueRows(root, { depth, toggled: new Set(toggled), limits: new Map(limits) });
const values = (rows: readonly TreeRow[]) => rows.filter((row) => row.kind === 'value');
const rests = (rows: readonly TreeRow[]) => rows.filter((row) => row.kind === 'rest');

test('a closed tree shows the first level', () => {
  expect(values(rowsOf(value)).map(({ pointer, expandable }) => [pointer, expandable])).toEqual([
    ['/a~1b', true],
    ['/empty', false],
    ['/text', false],
  ]);
});

test('an open row is followed by its children, one deeper', () => {
  expect(rowsOf(value, 9).map(({ pointer, depth }) => [pointer, depth])).toEqual([
    ['/a~1b', 0],
    ['/a~1b/0', 1],
    ['/a~1b/1', 1],
    ['/a~1b/1/c', 2],
    ['/empty', 0],
    ['/text', 0],
  ]);
});

test('a level that is open at first can be closed, and a deeper one opened', () => {
  expect(rowsOf(value, 1, ['/a~1b']).map(({ pointer }) => pointer)).toEqual(['/a~1b', '/empty', '/text']);
  expect(rowsOf(value, 1, ['/a~1b/1']).map(({ pointer }) => pointer)).toContain('/a~1b/1/c');
});

test('a value that is no container is the only row', () => {
  expect(rowsOf('plain', 1)).toHaveLength(1);
});

test('an array of a hundred thousand comes in slices, each with a row for the rest', () => {
  const items = Array.from({ length: 100_000 }, (_, index) => index);
  const first = rowsOf({ items }, 0, ['/items']);
  expect(values(first)).toHaveLength(1 + SLICE);
  expect(rests(first)).toEqual([
    { kind: 'rest', pointer: '/items/~rest', container: '/items', depth: 1, next: 1000, left: 99_000 },
  ]);
  const second = rowsOf({ items }, 0, ['/items'], [['/items', 2 * SLICE]]);
  expect(values(second).at(-1)).toMatchObject({ pointer: '/items/1999', value: 1999 });
  expect(rests(second).map(restText)).toEqual(['… 1,000 more of 98,000']);
});

test('the last slice is what is left, and after it no row stands for a rest', () => {
  const root = Object.fromEntries(Array.from({ length: SLICE + 12 }, (_, index) => [`name ${index}`, index]));
  expect(rests(rowsOf(root)).map(restText)).toEqual(['… 12 more']);
  expect(rests(rowsOf(root, 0, [], [['', 2 * SLICE]]))).toEqual([]);
});

test('what is large, or stands among many, does not open by itself, and opens when asked', () => {
  const large = { large: Array.from({ length: 101 }, () => 0) };
  expect(rowsOf(large, 2)).toHaveLength(1);
  expect(rowsOf(large, 2, ['/large'])).toHaveLength(102);
  const many = Array.from({ length: 101 }, () => [0]);
  expect(rowsOf(many, 2)).toHaveLength(101);
});

test('a preview says how much a container holds', () => {
  expect([[1, 2], {}, { a: 1 }, 'x', null].map(previewOf)).toEqual(['[2]', '{}', '{1}', '"x"', 'null']);
});

test('an object says what it calls itself', () => {
  const finding = { id: 'f1', title: 'SQL built\nby hand', severity: 'high' };
  expect([finding, { name: 7 }, { name: 'x'.repeat(200) }].map(previewOf)).toEqual([
    '{3} SQL built by hand',
    '{1}',
    `{1} ${'x'.repeat(120)}…`,
  ]);
});

test('a long text is cut in its preview, and its length said', () => {
  const preview = previewOf('a'.repeat(5_000_000));
  expect(preview).toHaveLength(1 + 2000 + '… (5,000,000 characters)'.length);
  expect(preview.endsWith('a… (5,000,000 characters)')).toBe(true);
});

test('copying a text gives the text itself, anything else its JSON', () => {
  expect([copyText('a\nb'), copyText({ a: 1 })]).toEqual(['a\nb', '{\n  "a": 1\n}']);
});
