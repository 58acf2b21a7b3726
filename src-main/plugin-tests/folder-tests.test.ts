import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FolderTests } from './folder-tests';
import { createPluginTests, type PluginTests } from './plugin-tests';
import { openTestFolder, runnerFile, sdkFile, type TestFolder } from './test-folder.fixture';

// Each test starts processes.
vi.setConfig({ testTimeout: 60_000 });

const HEAD = "import { describe, expect, test } from 'mcp-plugin-sdk/testing';\n";
const PASSES = `${HEAD}describe('sums', () => test('add up', () => expect(1 + 1).toBe(2)));\n`;
const FAILS = `${HEAD}test('fails', () => expect(1).toBe(2));\ntest('passes', () => undefined);\n`;
const LOOPS = `${HEAD}test('loops', () => { for (;;); }, 600_000);\ntest('after', () => undefined);\n`;

let place: TestFolder;
let all: PluginTests;
let tests: FolderTests;
const errors: unknown[] = [];

beforeEach(async () => {
  place = await openTestFolder();
  const tempFolder = join(place.folder, 'temp');
  all = createPluginTests({ sdkFile, runnerFile, tempFolder, onError: (error) => errors.push(error) });
  tests = all.open(place.folder);
});
afterEach(async () => {
  await all.close();
  await place.close();
  expect(errors.splice(0)).toEqual([]);
});

const outcomes = () => Object.fromEntries(tests.details().map(({ path, outcome }) => [path.join(' › '), outcome]));
const until = (holds: () => boolean) =>
  new Promise<void>((resolve) => {
    if (holds()) return resolve();
    const stop = tests.onDidChange.on(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });

describe('tests of a folder', () => {
  it('are found without running anything, and known once they are listed', async () => {
    await place.write('tests/a.test.ts', PASSES);
    await place.write('tests/deep/b.test.ts', FAILS);
    await place.write('tests/support.ts', 'export const one = 1;\n');
    await tests.find();
    expect(tests.state().files.map(({ file, read }) => [file, read])).toEqual([
      ['tests/a.test.ts', false],
      ['tests/deep/b.test.ts', false],
    ]);
    await tests.list();
    expect(outcomes()).toEqual({ 'sums › add up': 'none', fails: 'none', passes: 'none' });
    expect(tests.state()).toMatchObject({ activity: 'idle', files: [{ read: true }, { read: true }] });
  });

  it('are run all, or those that are named', async () => {
    await place.write('tests/a.test.ts', PASSES);
    await place.write('tests/b.test.ts', FAILS);
    await tests.run({ files: ['tests/a.test.ts'] });
    expect(outcomes()).toEqual({ 'sums › add up': 'passed' });
    await tests.run();
    expect(outcomes()).toEqual({ 'sums › add up': 'passed', fails: 'failed', passes: 'passed' });
    expect(tests.state().progress).toMatchObject({ done: 3, total: 3 });
    const { id } = tests.details().find(({ path }) => path[0] === 'fails')!;
    await place.write('tests/b.test.ts', FAILS.replace('toBe(2)', 'toBe(1)'));
    await tests.run({ tests: [id] });
    expect(outcomes()).toEqual({ 'sums › add up': 'passed', fails: 'passed', passes: 'passed' });
    expect(tests.state().progress).toMatchObject({ done: 1, total: 1 });
    await tests.run({ filter: 'ADD' });
    expect(tests.state().progress).toMatchObject({ done: 1, total: 1 });
  });

  it('that fail are marks on their lines until they run again', async () => {
    await place.write('tests/b.test.ts', FAILS);
    await tests.run();
    expect(tests.diagnostics()).toMatchObject([
      { source: 'test', file: 'tests/b.test.ts', code: 'tests/failed', range: { startLine: 2 }, severity: 'error' },
    ]);
    await place.write('tests/b.test.ts', FAILS.replace('toBe(2)', 'toBe(1)'));
    await tests.run();
    expect(tests.diagnostics()).toEqual([]);
  });

  it('can be run while they are being listed', async () => {
    await place.write('tests/a.test.ts', PASSES);
    await place.write('tests/b.test.ts', FAILS);
    const listing = tests.list();
    await until(() => tests.state().activity === 'reading');
    await tests.run();
    await listing;
    expect(tests.state().activity).toBe('idle');
    expect(outcomes()).toEqual({ 'sums › add up': 'passed', fails: 'failed', passes: 'passed' });
  });

  it('of files that build are run, also where another file, or what it imports, does not', async () => {
    await place.write('tests/a.test.ts', `import { gone } from '../src/gone';\n${PASSES}gone();\n`);
    await place.write('tests/b.test.ts', 'this is no TypeScript;\n');
    await place.write('tests/c.test.ts', PASSES);
    await tests.run();
    expect(outcomes()).toEqual({ 'sums › add up': 'passed' });
    expect(tests.state().files.map(({ file, error }) => [file, error?.code])).toEqual([
      ['tests/a.test.ts', 'tests/not-built'],
      ['tests/b.test.ts', 'tests/not-built'],
      ['tests/c.test.ts', undefined],
    ]);
    expect(tests.diagnostics().map(({ file, range }) => [file, range.startLine])).toEqual([
      ['tests/a.test.ts', 1],
      ['tests/b.test.ts', 1],
    ]);
  });

  it('of one file do not wait for those of another', async () => {
    await place.write('tests/a.test.ts', LOOPS);
    await place.write('tests/b.test.ts', PASSES);
    const running = tests.run();
    await until(() => outcomes()['sums › add up'] === 'passed');
    expect(outcomes().loops).toBe('running');
    await tests.cancel();
    await running;
  });

  it('that are stopped are not run, and leave nothing that runs', async () => {
    await place.write('tests/a.test.ts', LOOPS);
    const running = tests.run();
    await until(() => outcomes().loops === 'running');
    expect(() => tests.run()).toThrow(expect.objectContaining({ code: 'tests/running' }));
    await tests.cancel();
    await running;
    expect(tests.state().activity).toBe('idle');
    expect(outcomes()).toEqual({ loops: 'none', after: 'none' });
  });
});

describe('a change of a file', () => {
  it('brings the list up to date, and keeps how the others went', async () => {
    await place.write('tests/a.test.ts', PASSES);
    await place.write('tests/b.test.ts', FAILS);
    await tests.run();
    await place.write('tests/b.test.ts', `${FAILS}test('new', () => undefined);\n`);
    await rm(join(place.folder, 'tests/a.test.ts'));
    tests.noteChanges([
      { path: 'tests/b.test.ts', kind: 'changed' },
      { path: 'tests/a.test.ts', kind: 'deleted' },
    ]);
    await until(() => tests.state().activity === 'idle');
    expect(outcomes()).toEqual({ fails: 'failed', passes: 'passed', new: 'none' });
  });

  it('runs them again while they are watched, also one that came during a run', async () => {
    await place.write('tests/a.test.ts', FAILS);
    tests.setWatching(true);
    await tests.run();
    await place.write('tests/a.test.ts', PASSES);
    tests.noteChanges([{ path: 'tests/a.test.ts', kind: 'changed' }]);
    await place.write('src/plugin.ts', 'export const one = 1;\n');
    tests.noteChanges([{ path: 'src/plugin.ts', kind: 'created' }]);
    await until(() => tests.state().activity === 'idle' && outcomes()['sums › add up'] === 'passed');
    expect(tests.diagnostics()).toEqual([]);
  });

  it('starts nothing where nobody has looked at the tests', async () => {
    await place.write('tests/a.test.ts', PASSES);
    tests.noteChanges([{ path: 'tests/a.test.ts', kind: 'created' }]);
    expect(tests.state()).toMatchObject({ activity: 'idle', files: [] });
  });
});
