import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { writePlugin } from '../runs/running-plugin.fixture';
import { buildCommandLine, runCommandLine, startCommand } from './commands/command-line.fixture';

// Each test starts the command line, which starts processes of its own.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(buildCommandLine);

const HEAD = "import { describe, expect, test } from 'mcp-plugin-sdk/testing';\n";

async function setUp(files: Readonly<Record<string, string>>) {
  const home = await temporaryFolder();
  const plugin = join(home, 'plugin');
  await writePlugin(plugin, {});
  await mkdir(join(plugin, 'tests'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(plugin, 'tests', name), HEAD + text);
  return { home, run: (...args: string[]) => runCommandLine(home, ['test', 'plugin', ...args]) };
}

test('tests that pass exit with 0, and only they are on the standard output', async () => {
  const { run } = await setUp({
    'a.test.ts': "describe('sums', () => test('add up', () => expect(1 + 1).toBe(2)));\n",
  });
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^tests\/a\.test\.ts\n {2}pass {2}sums › add up {2}\d+ ms\n\n1 passed in \d+\.\d\d s\n$/);
});

test('a failure exits with 1 and says where, with the difference', async () => {
  const { run } = await setUp({
    'a.test.ts':
      "test('differs', () => expect({ a: 1, b: 2 }).toEqual({ a: 1, b: 3 }));\ntest('passes', () => undefined);\n",
  });
  const { code, stdout } = await run();
  expect(code).toBe(1);
  expect(stdout).toContain('FAIL  differs');
  expect(stdout).toMatch(/tests\/a\.test\.ts:2:\d+\n/);
  expect(stdout).toContain('-   "b": 3,\n        +   "b": 2,');
  expect(stdout).toContain('1 passed, 1 failed in ');
});

test('--filter runs what it names, --format json is for programs', async () => {
  const { run } = await setUp({
    'a.test.ts':
      "describe('sums', () => test('add up', () => undefined));\ntest('other', () => { throw new Error('no'); });\n",
    'b.test.ts': "test('other', () => { throw new Error('no'); });\n",
  });
  const { code, stdout } = await run('--filter', 'SUMS › add', '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    tests: [
      {
        file: 'tests/a.test.ts',
        name: ['sums', 'add up'],
        outcome: 'passed',
        location: { file: 'tests/a.test.ts', line: 2 },
        failures: [],
      },
    ],
    errors: [],
  });
});

test('--junit writes what build servers read, whatever the tests say', async () => {
  const { home, run } = await setUp({
    'a.test.ts': String.raw`test('says <&"\u0001', () => { console.log(']]>'); throw new Error('a < b & "c" \u0000'); });
test.skip('later', () => undefined);
test('loops', () => { for (;;); }, 100);
`,
  });
  const { code } = await run('--junit', 'out.xml');
  expect(code).toBe(1);
  const xml = await readFile(join(home, 'out.xml'), 'utf8');
  expect(xml).toContain('<testsuites name="');
  expect(xml).toMatch(
    /<testsuite name="tests\/a\.test\.ts" tests="3" failures="1" errors="1" skipped="1" time="\d+\.\d{3}">/,
  );
  expect(xml).toContain('name="says &lt;&amp;&quot;\ufffd"');
  expect(xml).toContain('message="a &lt; b &amp; &quot;c&quot; \ufffd"');
  expect(xml).toContain('<system-out>]]&gt;</system-out>');
  expect(xml.match(/<testcase/g)).toHaveLength(3);
});

test('--junit makes the folder it names; where the file cannot be written the results are printed all the same', async () => {
  const { home, run } = await setUp({ 'a.test.ts': "test('passes', () => undefined);\n" });
  expect(await run('--junit', 'reports/unit/out.xml')).toMatchObject({ code: 0, stderr: '' });
  expect(await readFile(join(home, 'reports', 'unit', 'out.xml'), 'utf8')).toContain('name="passes"');
  expect(await run('--junit', 'plugin/plugin.json/out.xml')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('1 passed in '),
    stderr: expect.stringContaining('plugin.json is there already. Choose another name'),
  });
});

test('a file that cannot be loaded exits with 3; the others run', async () => {
  const { run } = await setUp({ 'a.test.ts': "import './none';\n", 'b.test.ts': "test('passes', () => undefined);\n" });
  const { code, stdout } = await run();
  expect(code).toBe(3);
  expect(stdout).toContain('tests/a.test.ts does not build. tests/a.test.ts:2 "./none" is not there.');
  expect(stdout).toContain('1 passed, 1 file not loaded in ');
});

test('no test to run is wrong usage, and says what to do', async () => {
  const { run } = await setUp({ 'a.test.ts': "test('passes', () => undefined);\n" });
  expect(await run('--filter', 'nothing')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('No test has "nothing"'),
  });
  const { run: runNone } = await setUp({});
  expect(await runNone()).toMatchObject({ code: 2, stderr: expect.stringContaining('Write the first in tests/') });
});

test('a stop ends the command before its tests have ended, and leaves nothing open', async () => {
  const { home } = await setUp({
    'a.test.ts': "test('loops', () => { for (;;); }, 600_000);\n",
  });
  const runtime = join(home, 'runtime');
  const open = join(runtime, 'mcp-plugin-studio', 'open');
  await mkdir(open, { recursive: true, mode: 0o700 });
  const claims = watch(open);
  onTestFinished(() => claims.close());
  const command = startCommand(home, ['test', 'plugin'], { environment: { XDG_RUNTIME_DIR: runtime } });
  await once(claims, 'change');
  command.process.kill('SIGTERM');
  expect(await command.result).toEqual({ code: 143, stdout: '', stderr: '' });
  expect(await readdir(open)).toEqual([]);
});
