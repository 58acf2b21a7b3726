import type { TestSummary, TestsState } from '@shared/contracts';
import { expect, test } from 'vitest';
import { diffLines, failedIds, NO_TEST_FILTER, outcomeOfAll, summaryOf, testRows } from './model';

const summary = (path: string[], outcome: TestSummary['outcome'], file = 'tests/a.test.ts'): TestSummary => ({
  id: JSON.stringify([file, ...path]),
  file,
  path,
  place: { file, line: 1, column: 1 },
  outcome,
  durationMs: 2,
});

const state = (tests: TestSummary[], more: Partial<TestsState> = {}): TestsState => ({
  folder: '/plugin',
  activity: 'idle',
  watching: false,
  files: [...new Set(tests.map(({ file }) => file))].map((file) => ({ file, read: true, diagnostics: [] })),
  tests,
  ...more,
});

const TESTS = state([
  summary(['sums', 'add up'], 'passed'),
  summary(['sums', 'of floats', 'nearly add up'], 'failed'),
  summary(['alone'], 'passed'),
  summary(['sums', 'again'], 'skipped'),
  summary(['elsewhere'], 'timeout', 'tests/b.test.ts'),
]);

const outline = (rows: ReturnType<typeof testRows>) =>
  rows.map(({ level, label, outcome }) => `${'  '.repeat(level - 1)}${label} ${outcome}`);

test('tests stand under their file and groups, in the order they were written', () => {
  expect(outline(testRows(TESTS, NO_TEST_FILTER, new Set()))).toEqual([
    'tests/a.test.ts failed',
    '  sums failed',
    '    add up passed',
    '    of floats failed',
    '      nearly add up failed',
    '  alone passed',
    '  sums skipped',
    '    again skipped',
    'tests/b.test.ts timeout',
    '  elsewhere timeout',
  ]);
});

test('every row has a key of its own, and knows the tests in it', () => {
  const rows = testRows(TESTS, NO_TEST_FILTER, new Set());
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  expect(rows[1]?.ids).toEqual([TESTS.tests[0]?.id, TESTS.tests[1]?.id]);
});

test('a folded row hides what is in it', () => {
  const closed = new Set(
    testRows(TESTS, NO_TEST_FILTER, new Set())
      .filter(({ kind }) => kind === 'file')
      .map(({ key }) => key),
  );
  expect(outline(testRows(TESTS, NO_TEST_FILTER, closed))).toEqual([
    'tests/a.test.ts failed',
    'tests/b.test.ts timeout',
  ]);
});

test('the filter goes by text and by failure', () => {
  expect(outline(testRows(TESTS, { text: 'SUMS › add', failedOnly: false }, new Set()))).toEqual([
    'tests/a.test.ts passed',
    '  sums passed',
    '    add up passed',
  ]);
  expect(outline(testRows(TESTS, { text: '', failedOnly: true }, new Set()))).toEqual([
    'tests/a.test.ts failed',
    '  sums failed',
    '    of floats failed',
    '      nearly add up failed',
    'tests/b.test.ts timeout',
    '  elsewhere timeout',
  ]);
});

test('a file that could not be loaded is there, with the reason', () => {
  const error = { code: 'tests/not-built', message: 'It does not build.' };
  const broken = state([], { files: [{ file: 'tests/a.test.ts', read: true, diagnostics: [], error }] });
  expect(testRows(broken, { text: '', failedOnly: true }, new Set())).toMatchObject([
    { outcome: 'failed', error: 'It does not build.' },
  ]);
  expect(summaryOf(broken)).toBe('1 file not loaded');
});

test('a group shows the gravest of its tests', () => {
  expect(outcomeOfAll([summary(['a'], 'passed'), summary(['b'], 'running'), summary(['c'], 'failed')])).toBe('running');
  expect(outcomeOfAll([summary(['a'], 'skipped'), summary(['b'], 'passed')])).toBe('passed');
});

test('the summary counts, and says how far a run is', () => {
  expect(summaryOf({ ...TESTS, progress: { done: 5, total: 5, durationMs: 530 } })).toBe(
    '2 passed, 2 failed, 1 skipped · 0.53 s',
  );
  expect(summaryOf({ ...TESTS, activity: 'running', progress: { done: 1, total: 5, durationMs: 1 } })).toBe('1 of 5');
  expect(failedIds(TESTS)).toEqual([TESTS.tests[1]?.id, TESTS.tests[4]?.id]);
});

test('a line of a difference is what its first character says', () => {
  expect(diffLines('@@ -2,7 +2,7 @@\n  {\n- a\n+ b').map(({ kind }) => kind)).toEqual([
    'gap',
    'same',
    'expected',
    'actual',
  ]);
});
