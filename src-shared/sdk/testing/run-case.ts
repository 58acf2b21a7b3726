/**
 * Runs one test with the hooks around it. A group's `beforeAll` runs before its first test in this process, its
 * `afterAll` when no test of it is left.
 */
import { realTime, resetAmbient } from './ambient';
import type { HookKind, Suite, TestCase } from './collect';
import { describeFailure, type Failure } from './describe-failure';

/** How a test went. */
export interface CaseResult {
  readonly outcome: 'passed' | 'failed' | 'timeout';
  readonly durationMs: number;
  readonly failures: readonly Failure[];
}

/** From the outermost group to the test's own. */
export function suitesOf({ suite }: TestCase): Suite[] {
  const suites: Suite[] = [];
  for (let next: Suite | undefined = suite; next !== undefined; next = next.parent) suites.unshift(next);
  return suites;
}

/** The time that a test may take, with the time that its hooks were given on top. */
export const deadlineOf = (test: TestCase): number =>
  suitesOf(test)
    .flatMap(({ hooks }) => Object.values(hooks).flat())
    .reduce((sum, { timeoutMs }) => sum + timeoutMs, test.timeoutMs);

export interface CaseRunner {
  /** @param remaining The tests that are still to be run after this one. */
  run(test: TestCase, remaining: readonly TestCase[]): Promise<CaseResult>;
}

/** What was rejected or thrown meanwhile, and nobody caught, has been reported after this. */
const turn = () => new Promise<void>((resolve) => void realTime.setTimeout(resolve, 0));

export function createCaseRunner(afterEachCase: () => void): CaseRunner {
  /** Groups that have begun, with what their `beforeAll` threw. */
  const begun = new Map<Suite, Failure | undefined>();

  async function runHooks(suite: Suite, kind: HookKind): Promise<Failure | undefined> {
    const hooks = suite.hooks[kind];
    let first: Failure | undefined;
    for (const { body } of kind.startsWith('after') ? [...hooks].reverse() : hooks) {
      try {
        await body();
      } catch (error) {
        first ??= describeFailure(error);
        if (kind.startsWith('before')) return first;
      }
    }
    return first;
  }

  async function begin(suite: Suite): Promise<Failure | undefined> {
    if (!begun.has(suite)) begun.set(suite, await runHooks(suite, 'beforeAll'));
    return begun.get(suite);
  }

  async function firstFailure(suites: readonly Suite[], run: (suite: Suite) => Promise<Failure | undefined>) {
    for (const suite of suites) {
      const failure = await run(suite);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  async function runBody({ body }: TestCase): Promise<Failure | undefined> {
    try {
      await body();
      return undefined;
    } catch (error) {
      return describeFailure(error);
    }
  }

  async function steps(test: TestCase, remaining: readonly TestCase[]): Promise<Failure[]> {
    const suites = suitesOf(test);
    const inwardsOut = [...suites].reverse();
    const failures: (Failure | undefined)[] = [await firstFailure(suites, begin)];
    if (failures[0] === undefined) {
      failures.push(await firstFailure(suites, (suite) => runHooks(suite, 'beforeEach')));
      if (failures[1] === undefined) failures.push(await runBody(test));
      for (const suite of inwardsOut) failures.push(await runHooks(suite, 'afterEach'));
    }
    const isOver = (suite: Suite) => !remaining.some((other) => suitesOf(other).includes(suite));
    for (const suite of inwardsOut.filter(isOver)) {
      failures.push(await runHooks(suite, 'afterAll'));
      begun.delete(suite);
    }
    return failures.filter((failure) => failure !== undefined);
  }

  return {
    async run(test, remaining) {
      const started = realTime.now();
      const deadline = deadlineOf(test);
      let timer = 0;
      const tooLong = new Promise<'timeout'>((resolve) => {
        timer = realTime.setTimeout(() => resolve('timeout'), deadline);
      });
      const failures = await Promise.race([steps(test, remaining), tooLong]);
      realTime.clear(timer);
      const durationMs = realTime.now() - started;
      resetAmbient();
      afterEachCase();
      await turn();
      if (failures === 'timeout') return { outcome: 'timeout', durationMs, failures: [] };
      return { outcome: failures.length === 0 ? 'passed' : 'failed', durationMs, failures };
    },
  };
}
