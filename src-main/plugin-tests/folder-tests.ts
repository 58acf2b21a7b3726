/** The tests of one plugin folder: found, listed, run, cancelled, and run again when files change. One run at a time. */
import type { Diagnostic, FileChange, TestDetail, TestsState } from '@shared/contracts';
import { isStudioError, StudioError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { Supervisor } from '../runtime';
import { type BuiltTestFile, buildTestFiles } from './build-test-files';
import { findTestFiles, isTestFile } from './find-test-files';
import { runTestFile } from './run-test-file';
import { createTestBook } from './test-book';

/** What to run; everything where both are left out. */
export interface TestSelection {
  readonly files?: readonly string[];
  /** Ids of tests. */
  readonly tests?: readonly string[];
  /** Text that the file or the whole name must hold. */
  readonly filter?: string;
}

export interface FolderTests {
  state(): TestsState;
  details(): readonly TestDetail[];
  /** @throws StudioError tests/no-test */
  detail(id: string): TestDetail;
  diagnostics(): Diagnostic[];
  /** Looks for files, and runs nothing. */
  find(): Promise<void>;
  /** Loads every file in the sandbox. */
  list(): Promise<void>;
  /** Resolves when the run has ended, also when it was cancelled. @throws StudioError tests/running */
  run(selection?: TestSelection): Promise<void>;
  /** Resolves when nothing runs any more. */
  cancel(): Promise<void>;
  setWatching(watching: boolean): void;
  noteChanges(changes: readonly FileChange[]): void;
  readonly onDidChange: Listenable<void>;
  close(): Promise<void>;
}

export interface FolderTestsOptions {
  readonly folder: string;
  readonly sdkFile: string;
  readonly runnerFile: string;
  readonly supervisor: Supervisor;
  readonly onError: (error: unknown) => void;
}

/** Each has a process; while one starts, which takes the longest, another runs its tests. */
const FILES_AT_ONCE = 2;

const isCode = ({ path }: FileChange) => /^(src|tests)\//.test(path) || /^[^/]+\.(ts|js|mjs|json)$/.test(path);

function wantedBy({ files, tests, filter }: TestSelection) {
  const ids = tests === undefined ? undefined : new Set(tests);
  const text = filter?.toLowerCase();
  const isFile = (file: string) => {
    if (ids !== undefined) return [...ids].some((id) => id.startsWith(`[${JSON.stringify(file)},`));
    return files?.includes(file) ?? true;
  };
  const isTest = ({ id, file, path }: TestDetail) =>
    isFile(file) &&
    (ids?.has(id) ?? true) &&
    (text === undefined || `${file} ${path.join(' › ')} ${path.join(' ')}`.toLowerCase().includes(text));
  return { isFile, isTest };
}

export function createFolderTests(options: FolderTestsOptions): FolderTests {
  const { folder, supervisor, onError } = options;
  const book = createTestBook();
  const didChange = createEmitter<void>(onError);
  let activity: TestsState['activity'] = 'idle';
  let watching = false;
  let progress: TestsState['progress'];
  let stop = new AbortController();
  let current: Promise<void> = Promise.resolve();
  let changed: FileChange[] = [];
  /** Somebody looks at the tests, so that they are kept in step with the files. */
  let isFollowed = false;

  const tell = () => didChange.emit();
  const find = async () => book.keepFiles(await findTestFiles(folder));

  async function goThrough(file: string, built: BuiltTestFile, wants: ((test: TestDetail) => boolean) | undefined) {
    const broken = await runTestFile({ ...options, file, signal: stop.signal }, built, wants, {
      onListed(tests) {
        book.noteListed(file, tests);
        tell();
      },
      onTest(test) {
        book.noteTest(test);
        tell();
      },
    });
    if (broken !== undefined) book.noteBroken(file, broken);
    tell();
  }

  /** Goes through the files, a few at once; ends quietly where it is cancelled. */
  async function go(files: readonly string[], wants: ((test: TestDetail) => boolean) | undefined) {
    const { signal } = stop;
    const waiting = [...(await buildTestFiles(options, files))];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
        await goThrough(...next, wants);
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: FILES_AT_ONCE }, work));
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed === undefined || signal.aborted || isStudioError(failed.reason, 'plugins/cancelled')) return;
    throw failed.reason;
  }

  /** @param work What the activity consists of. */
  function begin(name: 'reading' | 'running', work: () => Promise<void>): Promise<void> {
    activity = name;
    const own = new AbortController();
    stop = own;
    tell();
    // The next file finds its process waiting.
    supervisor.prepare().catch(onError);
    const ended = work().finally(() => {
      // A run that takes the place of a reading has begun already.
      if (stop !== own) return;
      activity = 'idle';
      book.noteEnd();
      tell();
    });
    current = ended.catch(() => undefined).then(followChanges);
    return ended;
  }

  async function list(): Promise<void> {
    isFollowed = true;
    if (activity !== 'idle') return current;
    await begin('reading', async () => {
      await find();
      await go(
        book.files().map(({ file }) => file),
        undefined,
      );
    });
  }

  function run(selection: TestSelection = {}): Promise<void> {
    if (activity === 'running') {
      throw new StudioError('tests/running', 'Tests of this plugin are running already. Wait, or stop them first.');
    }
    isFollowed = true;
    const { isFile, isTest } = wantedBy(selection);
    const wasReading = activity === 'reading' ? current : undefined;
    stop.abort();
    return begin('running', async () => {
      await wasReading;
      const started = performance.now();
      await find();
      book.noteWaiting((test) => isTest(test) && test.outcome !== 'skipped' && test.outcome !== 'todo');
      const stopCounting = didChange.on(() => {
        const wanted = book.tests().filter((test) => isTest(test) && test.outcome !== 'none');
        const done = wanted.filter(({ outcome }) => outcome !== 'waiting' && outcome !== 'running').length;
        progress = { done, total: wanted.length, durationMs: performance.now() - started };
      });
      tell();
      try {
        const files = book.files().map(({ file }) => file);
        await go(files.filter(isFile), isTest);
      } finally {
        stopCounting();
      }
    });
  }

  async function cancel(): Promise<void> {
    stop.abort();
    changed = [];
    await current;
  }

  /** What changed while something ran is looked at when that has ended. */
  function followChanges() {
    if (activity !== 'idle') return;
    const all = changed.filter(isCode);
    changed = [];
    if (all.length === 0) return;
    const files = [...new Set(all.map(({ path }) => path))];
    const areTests = files.every(isTestFile);
    if (watching) run(areTests ? { files } : {}).catch(onError);
    else if (isFollowed && files.some(isTestFile)) {
      begin('reading', async () => {
        await find();
        const known = book.files().map(({ file }) => file);
        await go(
          known.filter((file) => files.includes(file)),
          undefined,
        );
      }).catch(onError);
    }
  }

  return {
    state: () => ({
      folder,
      activity,
      watching,
      files: book.files(),
      tests: book.summaries(),
      ...(progress === undefined ? {} : { progress }),
    }),
    details: book.tests,
    detail(id) {
      const test = book.test(id);
      if (test !== undefined) return test;
      throw new StudioError('tests/no-test', 'This test is not there any more. List the tests again.', {
        data: { id },
      });
    },
    diagnostics: book.diagnostics,
    async find() {
      await find();
      tell();
    },
    list,
    run,
    cancel,
    setWatching(next) {
      watching = next;
      tell();
    },
    noteChanges(changes) {
      changed.push(...changes);
      followChanges();
    },
    onDidChange: didChange,
    close: cancel,
  };
}
