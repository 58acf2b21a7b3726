import { TestDetailSchema } from '@shared/contracts';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestFolder, type TestFolder } from './test-folder.fixture';

// Each test starts processes.
vi.setConfig({ testTimeout: 60_000 });

let place: TestFolder;
beforeAll(async () => {
  place = await openTestFolder();
});
afterAll(() => place.close());

/** Tests begin in the second line. */
const testing = (lines: string) => `import * as testing from 'mcp-plugin-sdk/testing';
const { describe, expect, test, fn, spyOn, beforeAll, beforeEach, afterEach, afterAll, fakeClock } = testing;${lines}`;

const outcomes = async (lines: string) => {
  const { tests, broken } = await place.run(testing(lines));
  expect(broken).toBeUndefined();
  return Object.fromEntries(Object.entries(tests).map(([name, { outcome }]) => [name, outcome]));
};

describe('a failed test', () => {
  it('says what was expected, with the difference and its place in the file', async () => {
    const { tests } = await place.run(
      testing(`
test('adds up', () => {
  const sum = { total: 1 + 1, of: [1, 1] };
  expect(sum).toEqual({ total: 3, of: [1, 1] });
});`),
    );
    const { outcome, place: written, failures } = tests['adds up']!;
    expect(outcome).toBe('failed');
    expect(written).toEqual({ file: 'tests/sample.test.ts', line: 3, column: 1 });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      name: 'AssertionError',
      message: 'expected { total: 2, of: [ 1, 1 ] } to deeply equal { total: 3, of: [ 1, 1 ] }',
      place: { file: 'tests/sample.test.ts', line: 5 },
    });
    expect(failures[0]?.diff).toContain('-   "total": 3,\n+   "total": 2,');
    expect(failures[0]?.stack).toMatch(/\n\s+at .*tests\/sample\.test\.ts:5:\d+\)?$/);
  });

  it('keeps its place behind a promise, and where the plugin itself throws', async () => {
    await place.write(
      'src/plugin.ts',
      'export const fail = async () => {\n  throw new TypeError("of the plugin");\n};\n',
    );
    const { tests } = await place.run(
      `import { expect, test } from 'mcp-plugin-sdk/testing';
import { fail } from '../src/plugin';
test('waits', async () => {
  await expect(Promise.resolve(1)).resolves.toBe(2);
});
test('throws', async () => {
  await fail();
});
`,
    );
    expect(tests.waits?.failures[0]?.place).toMatchObject({ file: 'tests/sample.test.ts', line: 4 });
    expect(tests.throws?.failures[0]).toMatchObject({ name: 'TypeError', message: 'of the plugin' });
    expect(tests.throws?.failures[0]?.stack).toContain('src/plugin.ts:2:');
  });

  it('shows what has no end, and what throws when it is looked at', async () => {
    const { tests } = await place.run(
      testing(`
test('ring', () => { const ring = {}; ring.self = ring; expect(ring).toEqual({ self: 1 }); });
test('getter', () => { expect({ get a() { throw new Error('no'); } }).toBe(1); });
test('nothing', () => { throw undefined; });`),
    );
    expect(Object.values(tests).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
  });
});

describe('a test that does not end', () => {
  it('is ended at its time and said so at its line, and the others run', async () => {
    const { tests } = await place.run(
      testing(`
test('before', () => undefined);
test('loops', () => { for (;;); }, 100);
test('waits', () => new Promise(() => undefined), { timeout: 100 });
test('after', () => undefined);`),
    );
    expect(Object.values(tests).map(({ outcome }) => outcome)).toEqual(['passed', 'timeout', 'timeout', 'passed']);
    expect(tests.loops?.failures[0]).toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('longer than 0.1 s'),
      place: { file: 'tests/sample.test.ts', line: 4 },
    });
  });

  it('costs one that eats all memory nothing but itself', async () => {
    const { tests } = await place.run(
      testing(`
test('eats', () => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); }, 60_000);
test('after', () => undefined);`),
    );
    expect(tests.eats?.outcome).toBe('crashed');
    expect(tests.eats?.failures[0]?.message).toMatch(/memory|heap/);
    expect(tests.after?.outcome).toBe('passed');
  });

  it('is ended with the run', async () => {
    const stop = new AbortController();
    const running = place.run(testing(`\ntest('waits', () => new Promise(() => undefined), 60_000);`), stop.signal);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'plugins/cancelled' });
  });
});

describe('what a test leaves behind', () => {
  it('fails it: a rejection nobody caught, a timer that threw', async () => {
    const { tests } = await place.run(
      testing(`
test('rejects', () => { Promise.reject(new Error('left behind')); });
test('timer', async () => { setTimeout(() => { throw new TypeError('late'); }, 0); await new Promise((done) => setTimeout(done, 20)); });
test('after', () => undefined);`),
    );
    expect(tests.rejects?.failures[0]).toMatchObject({
      name: 'UncaughtError',
      message: 'Nobody caught this error: Error: left behind',
      place: { line: 3 },
    });
    expect(tests.timer?.failures[0]?.message).toContain('TypeError: late');
    expect(tests.after?.outcome).toBe('passed');
  });

  it('on the console is its own', async () => {
    const { tests } = await place.run(
      testing(`
test('speaks', () => console.warn('hello', { a: 1 }));
test('is silent', () => undefined);`),
    );
    expect(tests.speaks?.logs).toMatchObject([{ level: 'warning', message: 'hello', fields: { a: 1 } }]);
    expect(tests['is silent']?.logs).toEqual([]);
  });

  it('of the clock and the network is put back', async () => {
    expect(
      await outcomes(`
test('stops time and opens the network', async () => {
  fakeClock('2001-01-01T00:00:00Z');
  testing.createTestContext({ network: () => 'open' });
  expect(new Date().getFullYear()).toBe(2001);
  expect(await (await fetch('https://example.org/')).text()).toBe('open');
});
test('finds neither', async () => {
  expect(new Date().getFullYear()).toBeGreaterThan(2001);
  await expect(fetch('https://example.org/')).rejects.toThrow('A test reaches no network');
});`),
    ).toEqual({ 'stops time and opens the network': 'passed', 'finds neither': 'passed' });
  });
});

describe('the hooks', () => {
  it('run around tests in the usual order, and a group is done when no test of it is left', async () => {
    const { tests } = await place.run(
      testing(`
const said = [];
const say = (what) => () => void said.push(what);
beforeAll(say('all+')); afterAll(say('all-'));
beforeEach(say('each+')); afterEach(say('each-'));
describe('inner', () => {
  beforeAll(say('inner+')); afterAll(say('inner-'));
  beforeEach(say('inner each+')); afterEach(say('inner each-'));
  test('one', say('one'));
  test('two', say('two'));
});
test('three', () => console.log(said.join(', ')));`),
    );
    expect(tests.three?.logs[0]?.message).toBe(
      'all+, inner+, each+, inner each+, one, inner each-, each-, ' +
        'each+, inner each+, two, inner each-, each-, inner-, each+',
    );
  });

  it('fail the tests they run for', async () => {
    expect(
      await outcomes(`
describe('broken', () => { beforeAll(() => { throw new Error('no'); }); test('one', () => undefined); test('two', () => undefined); });
describe('untidy', () => { afterEach(() => { throw new Error('no'); }); test('three', () => undefined); });
test('four', () => undefined);`),
    ).toEqual({ 'broken > one': 'failed', 'broken > two': 'failed', 'untidy > three': 'failed', four: 'passed' });
  });
});

it('only, skip, todo and each choose and name tests', async () => {
  expect(
    await outcomes(`
test.skip('left out', () => undefined);
test.todo('to be written');
test.each([[1, 2], [2, 4]])('%d doubled is %d', (a, b) => expect(a * 2).toBe(b));
test.each([{ name: 'a', size: 1 }])('$name has $size', ({ size }) => expect(size).toBe(1));
describe.skip('group', () => test('inside', () => undefined));`),
  ).toEqual({
    'left out': 'skipped',
    'to be written': 'todo',
    '1 doubled is 2': 'passed',
    '2 doubled is 4': 'passed',
    'a has 1': 'passed',
    'group > inside': 'skipped',
  });
  expect(await outcomes(`\ntest.only('this', () => undefined);\ntest('that', () => undefined);`)).toEqual({
    this: 'passed',
    that: 'skipped',
  });
});

/** What the studio asks a file of tests for is code in the same sandbox: the file can put its own in the place. */
describe('a file that answers in the place of the testing module', () => {
  const answering = (method: string, answer: string) =>
    place.run(testing(`\ntesting.TestFile.prototype.${method} = () => (${answer});\ntest('asked', () => undefined);`));

  it.each([
    'undefined',
    "[{ path: [], mode: 'run', deadlineMs: 100, stack: '' }]",
    "[{ path: [1], mode: 'run', deadlineMs: 100, stack: '' }]",
    "[{ path: ['a'], mode: 'run', deadlineMs: null, stack: '' }]",
  ])('has no tests that could be listed as %s', async (answer) => {
    const { tests, broken } = await answering('getMetadata', answer);
    expect(tests).toEqual({});
    expect(broken?.error).toMatchObject({
      code: 'tests/not-loaded',
      message: expect.stringContaining('Leave what mcp-plugin-sdk/testing exports as it is.'),
    });
  });

  it.each([
    'undefined',
    "({ outcome: 'passed', durationMs: 'long', failures: [] })",
    "({ outcome: 'failed', durationMs: 1, failures: [{ name: 1, message: {}, stack: '' }] })",
  ])('fails a test that went as %s', async (answer) => {
    const { asked } = (await answering('analyze', answer)).tests;
    expect(Value.Check(TestDetailSchema, asked)).toBe(true);
    expect(asked).toMatchObject({
      outcome: 'crashed',
      failures: [{ message: expect.stringContaining('Leave what mcp-plugin-sdk/testing exports as it is.') }],
    });
  });

  it('has no place where a stack says that there is none', async () => {
    const { tests } = await place.run(
      testing(`
test('lies', () => {
  throw Object.assign(new Error('no'), { stack: 'Error: no\\n    at tests/sample.test.ts:0:0' });
});`),
    );
    expect(tests.lies?.failures[0]?.place).toEqual(tests.lies?.place);
  });
});

describe('a file that cannot be run', () => {
  it('says where it does not build', async () => {
    const { broken } = await place.run("import { readFile } from 'node:fs';\nexport const read = readFile;\n");
    expect(broken?.error.code).toBe('tests/not-built');
    expect(broken?.diagnostics[0]).toMatchObject({
      source: 'test',
      file: 'tests/sample.test.ts',
      code: 'build/forbidden-import',
      range: { startLine: 1 },
    });
  });

  it('says where it throws while it is read', async () => {
    const { broken } = await place.run(testing("\nthrow new RangeError('not like this');"));
    expect(broken?.error).toMatchObject({
      code: 'tests/not-loaded',
      message: expect.stringContaining('not like this'),
    });
    expect(broken?.diagnostics[0]).toMatchObject({ source: 'test', range: { startLine: 3 } });
  });
});

it('a test reaches nothing of the machine, and shares nothing with the plugin that runs', async () => {
  expect(
    await outcomes(`
test('no host', () => {
  expect(() => process.binding('fs')).toThrow(/process_execution/);
  expect(typeof require).toBe('function');
  const name = 'node:fs';
  expect(() => require(name)).toThrow(/file_system_access/);
  expect(Object.isFrozen(Object.prototype)).toBe(true);
});
test('no network', async () => {
  await expect(Promise.resolve().then(() => globalThis.fetch('http://127.0.0.1/'))).rejects.toThrow(/without any capability/);
});
test('no files', async () => {
  await expect(testing.createTestContext().files.readText('plugin.json')).rejects.toThrow(/not granted/);
  await expect(testing.createTestContext({ files: {} }).files.readText('../x')).rejects.toThrow(/outside/);
});`),
  ).toEqual({ 'no host': 'passed', 'no network': 'passed', 'no files': 'passed' });
});
