/** What is known of a folder's tests: each file with its tests, each test with how it last went. Pure bookkeeping. */
import type { Diagnostic, TestDetail, TestFile, TestSummary } from '@shared/contracts';
import type { WireError } from '@shared/errors';
import { type BrokenTestFile, markAt } from './broken-test-file';

interface KnownFile {
  readonly read: boolean;
  readonly error?: WireError;
  readonly diagnostics: readonly Diagnostic[];
  readonly tests: readonly TestDetail[];
}

export interface TestBook {
  /** Files that are gone are forgotten, new ones are unread. */
  keepFiles(files: readonly string[]): void;
  files(): TestFile[];
  tests(): TestDetail[];
  summaries(): TestSummary[];
  test(id: string): TestDetail | undefined;
  /** The file was loaded: a test that has run before stays as it went, unless it is to be run. */
  noteListed(file: string, tests: readonly TestDetail[]): void;
  noteTest(test: TestDetail): void;
  noteBroken(file: string, broken: BrokenTestFile): void;
  /** Before a run: how these tests went last time counts no more. */
  noteWaiting(isWanted: (test: TestDetail) => boolean): void;
  /** After a run: what still waits will not be run. */
  noteEnd(): void;
  /** What failed, where it failed. */
  diagnostics(): Diagnostic[];
}

const UNREAD: KnownFile = { read: false, diagnostics: [], tests: [] };
const CODES: Partial<Record<TestDetail['outcome'], string>> = {
  failed: 'tests/failed',
  timeout: 'tests/timeout',
  crashed: 'tests/crashed',
};

const unrun = (test: TestDetail, outcome: TestDetail['outcome']): TestDetail => ({
  ...test,
  outcome,
  durationMs: 0,
  failures: [],
  logs: [],
});

function marksOf({ path, outcome, failures }: TestDetail): Diagnostic[] {
  const code = CODES[outcome];
  if (code === undefined) return [];
  return failures.map(({ place, message }) => markAt(place, code, `${path.join(' › ')}: ${message}`));
}

const summaryOf = ({ failures: _, logs: __, ...summary }: TestDetail): TestSummary => summary;

export function createTestBook(): TestBook {
  let known = new Map<string, KnownFile>();

  const change = (edit: (test: TestDetail) => TestDetail) => {
    for (const [file, entry] of known) known.set(file, { ...entry, tests: entry.tests.map(edit) });
  };
  const tests = () => [...known.values()].flatMap((entry) => entry.tests);

  return {
    keepFiles(files) {
      known = new Map(files.map((file) => [file, known.get(file) ?? UNREAD]));
    },
    files: () =>
      [...known].map(([file, { read, error, diagnostics }]) => ({
        file,
        read,
        diagnostics: [...diagnostics],
        ...(error === undefined ? {} : { error }),
      })),
    tests,
    summaries: () => tests().map(summaryOf),
    test: (id) => tests().find((test) => test.id === id),
    noteListed(file, listed) {
      const before = new Map(known.get(file)?.tests.map((test) => [test.id, test]));
      const merged = listed.map((test) => {
        const last = before.get(test.id);
        const isOld = test.outcome === 'none' && last !== undefined && last.outcome in CODES_AND_PASSED;
        return isOld ? { ...last, place: test.place } : test;
      });
      known.set(file, { read: true, diagnostics: [], tests: merged });
    },
    noteTest(test) {
      const entry = known.get(test.file);
      if (entry === undefined) return;
      known.set(test.file, { ...entry, tests: entry.tests.map((other) => (other.id === test.id ? test : other)) });
    },
    noteBroken(file, { error, diagnostics }) {
      known.set(file, { read: true, error, diagnostics, tests: [] });
    },
    noteWaiting: (isWanted) => change((test) => (isWanted(test) ? unrun(test, 'waiting') : test)),
    noteEnd: () =>
      change((test) => (test.outcome === 'waiting' || test.outcome === 'running' ? unrun(test, 'none') : test)),
    diagnostics: () =>
      [...known.values()].flatMap(({ diagnostics, tests: own }) => [...diagnostics, ...own.flatMap(marksOf)]),
  };
}

const CODES_AND_PASSED = { ...CODES, passed: '' };
