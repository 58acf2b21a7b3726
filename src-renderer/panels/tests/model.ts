/** The tests as a tree that can be folded and filtered: files, their groups, the tests in them. */
import type { TestOutcome, TestSummary, TestsState } from '@shared/contracts';

export interface TestRow {
  /** Stays the same while the tests are there. */
  readonly key: string;
  readonly kind: 'file' | 'group' | 'test';
  readonly label: string;
  /** From 1. */
  readonly level: number;
  readonly file: string;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  /** The tests in it, or itself. */
  readonly ids: readonly string[];
  readonly test?: TestSummary;
  /** Why the file has no tests. */
  readonly error?: string;
  readonly isOpen: boolean;
}

export interface TestFilter {
  readonly text: string;
  readonly failedOnly: boolean;
}

export const NO_TEST_FILTER: TestFilter = { text: '', failedOnly: false };

export const HAS_FAILED: ReadonlySet<TestOutcome> = new Set(['failed', 'timeout', 'crashed']);

/** The first of these that a group holds is what the group shows. */
const GRAVITY: readonly TestOutcome[] = [
  'running',
  'crashed',
  'timeout',
  'failed',
  'waiting',
  'none',
  'passed',
  'skipped',
  'todo',
];

export function outcomeOfAll(tests: readonly TestSummary[]): TestOutcome {
  return GRAVITY.find((outcome) => tests.some((test) => test.outcome === outcome)) ?? 'none';
}

function matches({ file, path, outcome }: TestSummary, { text, failedOnly }: TestFilter): boolean {
  if (failedOnly && !HAS_FAILED.has(outcome)) return false;
  const wanted = text.trim().toLowerCase();
  return wanted === '' || `${file} ${path.join(' › ')} ${path.join(' ')}`.toLowerCase().includes(wanted);
}

const keyOf = (file: string, path: readonly string[]) => JSON.stringify([file, ...path]);

/** @param depth How many names of the path are above. */
function rowsUnder(tests: readonly TestSummary[], depth: number, file: string, closed: ReadonlySet<string>): TestRow[] {
  const rows: TestRow[] = [];
  for (let at = 0; at < tests.length; ) {
    const test = tests[at] as TestSummary;
    const level = depth + 2;
    if (test.path.length === depth + 1) {
      const { id, outcome, durationMs } = test;
      const label = test.path[depth] ?? '';
      rows.push({ key: id, kind: 'test', label, level, file, outcome, durationMs, ids: [id], test, isOpen: false });
      at += 1;
      continue;
    }
    const name = test.path[depth] ?? '';
    const isInside = ({ path }: TestSummary) => path.length > depth + 1 && path[depth] === name;
    const end = tests.findIndex((other, index) => index > at && !isInside(other));
    const inside = tests.slice(at, end === -1 ? tests.length : end);
    rows.push(...groupRows(inside, depth, name, file, closed));
    at += inside.length;
  }
  return rows;
}

const durationOf = (tests: readonly TestSummary[]) => tests.reduce((sum, { durationMs }) => sum + durationMs, 0);

function groupRows(
  tests: readonly TestSummary[],
  depth: number,
  label: string,
  file: string,
  closed: ReadonlySet<string>,
): TestRow[] {
  const key = `${keyOf(file, tests[0]?.path.slice(0, depth + 1) ?? [])} group ${tests[0]?.id ?? ''}`;
  const isOpen = !closed.has(key);
  const row: TestRow = {
    key,
    kind: 'group',
    label,
    level: depth + 2,
    file,
    outcome: outcomeOfAll(tests),
    durationMs: durationOf(tests),
    ids: tests.map(({ id }) => id),
    isOpen,
  };
  return isOpen ? [row, ...rowsUnder(tests, depth + 1, file, closed)] : [row];
}

/** @param closed Keys of the rows that are folded. */
export function testRows(state: TestsState, filter: TestFilter, closed: ReadonlySet<string>): TestRow[] {
  return state.files.flatMap(({ file, error }) => {
    const tests = state.tests.filter((test) => test.file === file && matches(test, filter));
    const isFiltered = filter.failedOnly || filter.text.trim() !== '';
    const isNamed = file.toLowerCase().includes(filter.text.trim().toLowerCase());
    if (tests.length === 0 && isFiltered && !(isNamed && (error !== undefined || !filter.failedOnly))) return [];
    const isOpen = !closed.has(file);
    const row: TestRow = {
      key: file,
      kind: 'file',
      label: file,
      level: 1,
      file,
      outcome: error === undefined ? outcomeOfAll(tests) : 'failed',
      durationMs: durationOf(tests),
      ids: tests.map(({ id }) => id),
      isOpen,
      ...(error === undefined ? {} : { error: error.message }),
    };
    return isOpen ? [row, ...rowsUnder(tests, 0, file, closed)] : [row];
  });
}

export const failedIds = ({ tests }: TestsState): string[] =>
  tests.filter(({ outcome }) => HAS_FAILED.has(outcome)).map(({ id }) => id);

const COUNTED: readonly (readonly [string, ReadonlySet<TestOutcome>])[] = [
  ['passed', new Set(['passed'])],
  ['failed', HAS_FAILED],
  ['skipped', new Set(['skipped', 'todo'])],
  ['not run', new Set(['none', 'waiting', 'running'])],
];

/** Such as `12 passed, 1 failed · 0.53 s`. */
export function summaryOf({ tests, files, activity, progress }: TestsState): string {
  if (activity === 'reading') return 'Reading the tests…';
  if (activity === 'running' && progress !== undefined) return `${progress.done} of ${progress.total}`;
  const counts = COUNTED.map(
    ([what, outcomes]) => [tests.filter(({ outcome }) => outcomes.has(outcome)).length, what] as const,
  );
  const broken = files.filter(({ error }) => error !== undefined).length;
  const all = [...counts, [broken, broken === 1 ? 'file not loaded' : 'files not loaded'] as const];
  const said = all.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  const time = progress === undefined ? '' : ` · ${(progress.durationMs / 1000).toFixed(2)} s`;
  return said.length === 0 ? '' : `${said.join(', ')}${time}`;
}

export type DiffLine = { readonly kind: 'expected' | 'actual' | 'same' | 'gap'; readonly text: string };

/** The lines of a difference, with what their first character says. */
export const diffLines = (diff: string): DiffLine[] =>
  diff.split('\n').map((text) => {
    if (text.startsWith('@@')) return { kind: 'gap', text: '⋯' };
    return { kind: text.startsWith('-') ? 'expected' : text.startsWith('+') ? 'actual' : 'same', text };
  });
