/**
 * Runs the wanted tests of one file, one after the other. A test that loops, crashes or does not end costs its process,
 * and nothing else: the rest goes on in another one.
 */
import type { LogEntry, TestDetail } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import type { Artifact, Supervisor } from '../runtime';
import { createStackMapper, type StackMapper } from '../runtime/stack-mapper';
import { type BrokenTestFile, notBuilt, notLoaded } from './broken-test-file';
import type { BuiltTestFile } from './build-test-files';
import type { ListedCase } from './case-answers';
import { placeOf } from './place-of';
import { runOneTest } from './run-one-test';
import { startTestProcess, type TestProcess } from './test-process';

export interface TestFileOptions {
  readonly folder: string;
  readonly file: string;
  readonly runnerFile: string;
  readonly supervisor: Supervisor;
  readonly signal: AbortSignal;
}

export interface TestFileListener {
  /** The tests of the file, in their order; those that will be run wait. */
  onListed(tests: readonly TestDetail[]): void;
  onTest(test: TestDetail): void;
}

/** Lines of the console that are kept for a test. */
const MOST_LOGS = 200;

/** Tests of the same name in a file are told apart by their number. */
function detailsOf(file: string, listed: readonly ListedCase[], mapStack: StackMapper): TestDetail[] {
  const seen = new Map<string, number>();
  return listed.map(({ path, mode, stack }) => {
    const name = JSON.stringify([file, ...path]);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return {
      id: nth === 1 ? name : `${name} ${nth}`,
      file,
      path: [...path],
      place: placeOf(mapStack(stack), file) ?? { file, line: 1, column: 1 },
      outcome: mode === 'run' ? 'none' : mode === 'skip' ? 'skipped' : 'todo',
      durationMs: 0,
      failures: [],
      logs: [],
    };
  });
}

/** Holds at most one process, and starts another where that was used up. */
function createSeat(options: TestFileOptions, artifact: Artifact) {
  let current: TestProcess | undefined;
  let logs: LogEntry[] = [];
  const onLog = (entry: LogEntry) => {
    if (logs.length < MOST_LOGS) logs.push(entry);
  };
  return {
    async take(): Promise<TestProcess> {
      logs = [];
      current ??= await startTestProcess({ ...options, artifact, onLog });
      return current;
    },
    logs: () => logs,
    async leave() {
      const left = current;
      current = undefined;
      await left?.end();
    },
  };
}

/**
 * @param built The file, as it is now.
 * @param wants Whether a test is to be run; undefined lists the tests alone.
 * @returns undefined where the file could be loaded. @throws StudioError plugins/cancelled by the signal.
 */
export async function runTestFile(
  options: TestFileOptions,
  { artifact, diagnostics }: BuiltTestFile,
  wants: ((test: TestDetail) => boolean) | undefined,
  listener: TestFileListener,
): Promise<BrokenTestFile | undefined> {
  const { file, runnerFile, signal } = options;
  if (artifact === undefined) return notBuilt(file, diagnostics);
  const mapStack = createStackMapper(artifact, runnerFile);
  const seat = createSeat(options, artifact);
  try {
    const listed = await (await seat.take()).list();
    const tests = detailsOf(file, listed, mapStack);
    const queue = tests.flatMap((test, index) => (test.outcome === 'none' && wants?.(test) ? [index] : []));
    listener.onListed(tests.map((test, index) => (queue.includes(index) ? { ...test, outcome: 'waiting' } : test)));
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const test = tests[index] as TestDetail;
      const { deadlineMs } = listed[index] as ListedCase;
      const process = await seat.take();
      listener.onTest({ ...test, outcome: 'running' });
      const { place } = test;
      const one = { index, remaining: [...queue], deadlineMs, place, logs: seat.logs, mapStack };
      const { result, goesOn } = await runOneTest(process, one);
      if (!goesOn) await seat.leave();
      listener.onTest({ ...test, ...result, failures: [...result.failures], logs: [...result.logs] });
    }
    return undefined;
  } catch (error) {
    if (signal.aborted || isStudioError(error, 'plugins/cancelled')) throw error;
    return notLoaded(file, error);
  } finally {
    await seat.leave();
  }
}
