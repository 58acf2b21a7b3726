/** Runs one test and says how it went, whatever it does to its process. */
import type { LogEntry, TestDetail, TestFailure, TestPlace } from '@shared/contracts';
import { uncaughtIn } from '@shared/contracts/uncaught';
import { isStudioError, messageOf } from '@shared/errors';
import type { RawFailure } from './case-answers';
import { ownFrames, placeOf } from './place-of';
import type { TestProcess } from './test-process';

export interface OneTest {
  readonly index: number;
  readonly remaining: readonly number[];
  readonly deadlineMs: number;
  /** Where it was written. */
  readonly place: TestPlace;
  /** What the process has logged since the test began. */
  readonly logs: () => readonly LogEntry[];
  /** Puts a stack into the plugin's own files and lines. */
  readonly mapStack: (stack: string) => string;
}

export interface OneResult {
  readonly result: Pick<TestDetail, 'outcome' | 'durationMs' | 'failures' | 'logs'>;
  /** The process can take another test. */
  readonly goesOn: boolean;
}

const seconds = (ms: number) => `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: 3 })} s`;

function toFailure({ stack, ...failure }: RawFailure, test: OneTest): TestFailure {
  const mapped = test.mapStack(stack);
  return { ...failure, stack: ownFrames(mapped), place: placeOf(mapped, test.place.file) ?? test.place };
}

/** Errors that nobody caught while the test ran. */
function uncaughtFailures(test: OneTest): TestFailure[] {
  return test.logs().flatMap(({ message: line }) => {
    const stack = uncaughtIn(line);
    if (stack === undefined) return [];
    const [first = ''] = stack.split('\n');
    const message = `Nobody caught this error: ${first}`;
    return [
      { name: 'UncaughtError', message, stack: ownFrames(stack), place: placeOf(stack, test.place.file) ?? test.place },
    ];
  });
}

const written = (test: OneTest) => test.logs().filter(({ message }) => uncaughtIn(message) === undefined);

/** @throws StudioError plugins/cancelled */
export async function runOneTest(process: TestProcess, test: OneTest): Promise<OneResult> {
  const before = performance.now();
  const { index, remaining, deadlineMs, place } = test;
  const ended = (outcome: 'timeout' | 'crashed', durationMs: number, name: string, message: string): OneResult => {
    const failures = [{ name, message, stack: '', place }, ...uncaughtFailures(test)];
    return { result: { outcome, durationMs, failures, logs: written(test) }, goesOn: false };
  };
  const tooLong = (durationMs: number) =>
    ended(
      'timeout',
      durationMs,
      'TimeoutError',
      `The test took longer than ${seconds(deadlineMs)} and was ended. Look for what does not end, or give it more ` +
        'time: test(name, body, { timeout: 20_000 }).',
    );
  try {
    const { outcome, durationMs, failures: raw } = await process.run(index, remaining, deadlineMs);
    if (outcome === 'timeout') return tooLong(durationMs);
    const failures = [...raw.map((failure) => toFailure(failure, test)), ...uncaughtFailures(test)];
    const verdict = failures.length === 0 ? 'passed' : 'failed';
    return { result: { outcome: verdict, durationMs, failures, logs: written(test) }, goesOn: true };
  } catch (error) {
    if (isStudioError(error, 'plugins/cancelled')) throw error;
    const durationMs = performance.now() - before;
    if (isStudioError(error, 'plugins/timeout')) return tooLong(durationMs);
    return ended('crashed', durationMs, 'CrashError', messageOf(error));
  }
}
