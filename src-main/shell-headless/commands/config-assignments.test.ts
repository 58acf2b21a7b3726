import { expect, test } from 'vitest';
import { readAssignments } from './config-assignments';

test('values are what YAML makes of them, keys are paths', () => {
  expect(
    readAssignments([
      'a.b=1',
      'a.c=true',
      'name=high',
      'empty=',
      'ratio=0.5',
      'list=[x, 2]',
      'quoted="5"',
      'none=null',
    ]),
  ).toEqual({
    a: { b: 1, c: true },
    name: 'high',
    empty: '',
    ratio: 0.5,
    list: ['x', 2],
    quoted: '5',
    none: null,
  });
});

test('text that looks like other YAML is taken as it stands', () => {
  expect(readAssignments(['a=b: c', 'pattern=*.py', 'equation=x=y', 'tag=!x', 'dash=- a'])).toMatchObject({
    a: 'b: c',
    pattern: '*.py',
    equation: 'x=y',
    dash: '- a',
  });
});

test('the last assignment wins, also over a value that was none to go into', () => {
  expect(readAssignments(['a=1', 'a.b=2', 'a.b=3'])).toEqual({ a: { b: 3 } });
});

test.each([['novalue'], ['=1'], ['a..b=1'], ['__proto__.x=1'], ['a.constructor=1'], ['list=[1']])(
  '%s is refused with what to write instead',
  (assignment) => {
    expect(() => readAssignments([assignment])).toThrow(expect.objectContaining({ code: 'cli/bad-config' }));
  },
);
