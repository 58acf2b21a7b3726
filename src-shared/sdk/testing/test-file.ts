/**
 * A file of tests, dressed as a plugin: the sandbox loads it and calls it as it does any plugin, and needs to know
 * nothing of tests. `get_metadata` lists the tests, `analyze` runs one of them.
 */
import { restoreAllMocks } from '@vitest/spy';
import { collectedTests, type TestCase } from './collect';
import { type CaseResult, createCaseRunner, deadlineOf, suitesOf } from './run-case';

/** A test as it is listed. */
export interface ListedCase {
  /** Groups, then the test's own name. */
  readonly path: readonly string[];
  readonly mode: 'run' | 'skip' | 'todo';
  /** In milliseconds, its hooks included. */
  readonly deadlineMs: number;
  /** Where it was written, in the bundle's lines. */
  readonly stack: string;
}

/** Which test to run, by its place in the list, and which are still to come. */
export interface RunCase {
  readonly test: number;
  readonly remaining: readonly number[];
}

const modesOf = (test: TestCase) => [test.mode, ...suitesOf(test).map(({ mode }) => mode)];

export class TestFile {
  readonly #runner = createCaseRunner(() => restoreAllMocks());

  async initialize(): Promise<void> {}

  async shutdown(): Promise<void> {}

  getMetadata(): ListedCase[] {
    const cases = collectedTests();
    const hasOnly = cases.some((test) => modesOf(test).includes('only'));
    const modeOf = (test: TestCase): ListedCase['mode'] => {
      if (test.mode === 'todo') return 'todo';
      const modes = modesOf(test);
      return modes.includes('skip') || (hasOnly && !modes.includes('only')) ? 'skip' : 'run';
    };
    return cases.map((test) => ({
      path: [
        ...suitesOf(test)
          .slice(1)
          .map(({ name }) => name),
        test.name,
      ],
      mode: modeOf(test),
      deadlineMs: deadlineOf(test),
      stack: test.stack,
    }));
  }

  async analyze({ test, remaining }: RunCase): Promise<CaseResult> {
    const cases = collectedTests();
    const found = cases[test];
    if (found === undefined) throw new RangeError(`This file has no test ${test}.`);
    return this.#runner.run(
      found,
      remaining.flatMap((index) => cases[index] ?? []),
    );
  }
}
