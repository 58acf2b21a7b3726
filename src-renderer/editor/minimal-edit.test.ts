import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, minimalEdit } from './minimal-edit';

test('one edit turns any text into any other', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀') }),
      fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀') }),
      (before, after) => {
        const edit = minimalEdit(before, after);
        expect(applyEdits(before, edit === undefined ? [] : [edit])).toBe(after);
      },
    ),
  );
});

test('only the changed middle is replaced', () => {
  expect(minimalEdit('const a = 1;\nrest', 'const a = 42;\nrest')).toEqual({ offset: 10, length: 1, text: '42' });
});

test('the same text needs no edit', () => {
  expect(minimalEdit('same', 'same')).toBeUndefined();
});

test('several edits apply to the offsets of the text before any of them', () => {
  expect(
    applyEdits('one two three', [
      { offset: 0, length: 3, text: '1' },
      { offset: 8, length: 5, text: '3' },
    ]),
  ).toBe('1 two 3');
});
