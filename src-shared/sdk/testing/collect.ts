/**
 * `describe`, `test` and the hooks. They run nothing: a file of tests is read as a whole, and each test is run when
 * it is asked for.
 */

/** What a test does. It fails where this throws or rejects. */
export type TestBody = () => unknown;

/** How long a test may take, in milliseconds, with its `beforeEach` and `afterEach`; 5,000 where it is left out. */
export type TestOptions = number | { readonly timeout?: number };

/** @internal */
export type HookKind = 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';

/** @internal */
export interface Hook {
  readonly body: TestBody;
  /** Comes on top of the time of the test that it runs for. */
  readonly timeoutMs: number;
}

/** @internal */
export interface Suite {
  readonly name: string;
  readonly parent: Suite | undefined;
  readonly mode: Mode;
  readonly hooks: Record<HookKind, Hook[]>;
}

/** @internal */
export type Mode = 'run' | 'only' | 'skip' | 'todo';

/** @internal */
export interface TestCase {
  readonly name: string;
  readonly suite: Suite;
  readonly mode: Mode;
  readonly body: TestBody;
  readonly timeoutMs: number;
  /** Where it was written, as the engine says it. */
  readonly stack: string;
}

const DEFAULT_TIMEOUT_MS = 5_000;

const createSuite = (name: string, parent: Suite | undefined, mode: Mode): Suite => ({
  name,
  parent,
  mode,
  hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
});

const cases: TestCase[] = [];
let current = createSuite('', undefined, 'run');

/** All tests of the file, in their order. @internal */
export const collectedTests = (): readonly TestCase[] => cases;

const timeoutOf = (options: TestOptions | undefined, fallback: number) => {
  const timeout = (typeof options === 'number' ? options : options?.timeout) ?? fallback;
  if (timeout > 0 && timeout <= 2 ** 31 - 1) return timeout;
  throw new RangeError(`A timeout is a number of milliseconds above 0; this is ${timeout}.`);
};

function addTest(name: string, mode: Mode, body: TestBody, options: TestOptions | undefined) {
  const { stack = '' } = new Error('here');
  cases.push({ name, suite: current, mode, body, timeoutMs: timeoutOf(options, DEFAULT_TIMEOUT_MS), stack });
}

function addSuite(name: string, mode: Mode, body: () => void) {
  const parent = current;
  current = createSuite(name, parent, mode);
  try {
    const answer: unknown = body();
    if (answer instanceof Promise) throw new TypeError(`describe("${name}") takes no async function: await in a hook.`);
  } finally {
    current = parent;
  }
}

/** A row of values as it stands in a name: `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%#` and `$field`. */
function nameFor(pattern: string, row: readonly unknown[], index: number): string {
  let at = 0;
  const text = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));
  const filled = pattern.replace(/%[sdifjo#%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (mark === '%#') return String(index);
    const value = row[at++];
    if (mark === '%j' || mark === '%o') return JSON.stringify(value) ?? String(value);
    return mark === '%s' ? text(value) : String(Number(value));
  });
  const [fields] = row;
  if (typeof fields !== 'object' || fields === null) return filled;
  return filled.replace(/\$(\w+)/g, (mark, field: string) =>
    field in fields ? text((fields as Record<string, unknown>)[field]) : mark,
  );
}

/** Adds a test. */
export type AddTest = (name: string, body: TestBody, options?: TestOptions) => void;

/** A test for each row; `%s`, `%d`, `%j`, `%#` in the name stand for its values, `$field` for one of an object. */
export interface AddEach {
  <Row extends readonly [unknown, ...unknown[]]>(
    rows: readonly Row[],
  ): (name: string, body: (...values: Row) => unknown, options?: TestOptions) => void;
  <Row>(rows: readonly Row[]): (name: string, body: (value: Row) => unknown, options?: TestOptions) => void;
}

/** `test`, and its kinds. */
export interface TestFunction extends AddTest {
  readonly each: AddEach;
  /** Not run, and shown so. */
  readonly skip: AddTest;
  /** In a file that has one of these, nothing else runs. */
  readonly only: AddTest;
  /** A test that is still to be written. */
  readonly todo: (name: string) => void;
}

const adder =
  (mode: Mode): AddTest =>
  (name, body, options) => {
    if (typeof body !== 'function') throw new TypeError(`test("${name}") needs a function; test.todo needs none.`);
    addTest(String(name), mode, body, options);
  };

const each: AddEach =
  (rows: readonly unknown[]) =>
  (name: string, body: (...values: never[]) => unknown, options?: TestOptions): void => {
    rows.forEach((row, index) => {
      const values: readonly unknown[] = Array.isArray(row) ? row : [row];
      addTest(nameFor(name, values, index), 'run', () => (body as (...args: unknown[]) => unknown)(...values), options);
    });
  };

/** A test: what it is called says what must hold. */
export const test: TestFunction = Object.assign(adder('run'), {
  each,
  skip: adder('skip'),
  only: adder('only'),
  todo: (name: string) => addTest(String(name), 'todo', () => undefined, undefined),
});

/** The same as `test`. @alias */
export const it: TestFunction = test;

/** Adds a group of tests. */
export type AddSuite = (name: string, body: () => void) => void;

/** `describe`, and its kinds. */
export interface DescribeFunction extends AddSuite {
  readonly skip: AddSuite;
  readonly only: AddSuite;
}

/** Tests that belong together; hooks in it are for them alone. */
export const describe: DescribeFunction = Object.assign(
  (name: string, body: () => void) => addSuite(name, 'run', body),
  {
    skip: (name: string, body: () => void) => addSuite(name, 'skip', body),
    only: (name: string, body: () => void) => addSuite(name, 'only', body),
  },
);

/** @param timeout In milliseconds, on top of the test's own. */
export type AddHook = (body: TestBody, timeout?: number) => void;

const hook =
  (kind: HookKind): AddHook =>
  (body, timeout) => {
    current.hooks[kind].push({ body, timeoutMs: timeout === undefined ? 0 : timeoutOf(timeout, 0) });
  };

/** Runs once, before the first test of its group. */
export const beforeAll: AddHook = hook('beforeAll');
/** Runs before each test of its group, those of outer groups first. */
export const beforeEach: AddHook = hook('beforeEach');
/** Runs after each test of its group, also a failed one. */
export const afterEach: AddHook = hook('afterEach');
/** Runs once, after the last test of its group. */
export const afterAll: AddHook = hook('afterAll');
