import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { studioService } from '@shared/contracts';
import { createRpcClient } from '@shared/rpc';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connectWebSocket } from '../../src-renderer/client/ports/web-socket';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { SCRIPTED_PLUGIN, writePlugin } from '../runs/running-plugin.fixture';
import { buildCommandLine, cliFile, runCommandLine, startCommand } from './commands/command-line.fixture';

const MEGABYTE = 1024 * 1024;

beforeAll(buildCommandLine);

async function setUp(manifest: object = {}) {
  const home = await temporaryFolder();
  const plugin = join(home, 'plugin');
  await writePlugin(plugin, { manifest });
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(join(home, path), content);
  };
  const run = (...args: string[]) => runCommandLine(home, ['run', 'plugin', ...args]);
  return { home, plugin, write, run };
}

test('--help and --version say on the standard output what they are asked', async () => {
  const { home } = await setUp();
  const help = await runCommandLine(home, ['--help']);
  expect(help).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/run.*validate.*serve.*Exit codes/s),
  });
  const version = await runCommandLine(home, ['--version']);
  expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test.each([
  [[], 'Usage: studio'],
  [['dance'], "unknown command 'dance'"],
  [['run', 'plugin'], '--sample'],
  [['run', 'plugin', '--sample', 'a', '--format', 'xml'], 'text, json, sarif'],
  [['run', 'plugin', '--sample', 'a', '--fail-on', 'bad'], 'critical, high, medium, low, info'],
  [['run', 'plugin', '--sample', 'a', '--timeout', '-1'], 'above 0'],
  [['run', 'plugin', '--sample', 'none.py'], 'none.py is not there'],
  [['run', 'none', '--sample', 'plugin/plugin.json'], 'none cannot be opened'],
  [['run', 'plugin', '--sample', 'plugin/plugin.json', '--config', 'x'], 'cli/bad-config'],
  [['run', 'plugin', '--sample', 'plugin/plugin.json', '--config', 'severity=odd'], 'severity'],
  [['run', 'plugin', '--sample', 'plugin/plugin.json', '--target-type', 'odd'], 'source_code, config_file'],
  [['run', 'plugin', '--sample', 'plugin/plugin.json', '--sample-name', 'a.py'], 'cli/bad-sample-name'],
  [['run', 'plugin', '--sample', '-', '--sample-name', ' '], 'such as --sample-name a.py'],
  [['serve', '--port', '99999'], '65535'],
])('%j is wrong usage: it exits with 2 and says why', async (args, message) => {
  const { home } = await setUp();
  const { code, stdout, stderr } = await runCommandLine(home, args);
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

test('text is for people: findings by file, then a summary', async () => {
  const { write, run } = await setUp();
  await write('src/a.py', 'find eval(x)\n\nfind other\u001b[2J');
  await write('src/b.py', 'clean');
  const { code, stdout, stderr } = await run('--sample', 'src');
  expect(stdout).toMatch(
    /^src\/a\.py\n {2}1 {2}high {2}Found eval\(x\)\n {2}3 {2}high {2}Found other\\u\{1b\}\[2J\n\n2 findings \(2 high\) in 1 of 2 files, \d+\.\d\d s, ses.*\n$/,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('json of a sample is one object with all that a run is', async () => {
  const { write, run } = await setUp();
  await write('a.py', 'log looking\npublish 1\nfind x');
  const { code, stdout } = await run('--sample', 'a.py', '--format', 'json', '--config', 'severity=low');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    file: 'a.py',
    request: expect.objectContaining({ target_data: { content: 'log looking\npublish 1\nfind x', filename: 'a.py' } }),
    response: expect.objectContaining({ vulnerabilities: [expect.objectContaining({ severity: 'low' })] }),
    events: [
      expect.objectContaining({ event_type: 'analysis.started' }),
      expect.objectContaining({ event_type: 'custom' }),
      expect.objectContaining({ event_type: 'analysis.completed' }),
    ],
    logs: [{ time: expect.any(String), level: 'info', message: 'looking' }],
    duration_ms: expect.any(Number),
    outcome: 'success',
    isolation: expect.stringContaining('ses'),
    limits: expect.objectContaining({
      time: { limit: 300_000, unit: 'ms', from: 'built-in' },
      memory: { limit: 768 * MEGABYTE, unit: 'bytes', from: 'built-in' },
      cpu: { limit: null, unit: 'percent', from: 'built-in' },
    }),
  });
});

test('json of a folder is one object a line', async () => {
  const { write, run } = await setUp();
  for (const name of ['a', 'b', 'c']) await write(`src/${name}.py`, 'find x');
  const { stdout } = await run('--sample', 'src', '--format', 'json');
  const objects = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string });
  expect(objects.map(({ file }) => file)).toEqual(['a.py', 'b.py', 'c.py']);
});

test('the sample - is the standard input', async () => {
  const { home } = await setUp();
  const args = ['run', 'plugin', '--sample', '-', '--format', 'json'];
  const { code, stdout } = await runCommandLine(home, args, { input: 'find piped' });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    request: { target_data: { filename: 'stdin' } },
    response: { vulnerabilities: [{ title: 'Found piped' }] },
  });
  const large = await runCommandLine(home, args, { input: Buffer.alloc(11 * 1024 * 1024, 'x') });
  expect(large).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('a sample may have 10 MB') });
});

test('the sample - has the file name that --sample-name says', async () => {
  const { home } = await setUp();
  const args = ['run', 'plugin', '--sample', '-', '--sample-name', 'src/a.py', '--format', 'json'];
  const { stdout } = await runCommandLine(home, args, { input: 'find piped' });
  expect(JSON.parse(stdout)).toMatchObject({ request: { target_data: { filename: 'src/a.py' } } });
});

test('sarif is one log, with paths from the current folder', async () => {
  const { home, write, run } = await setUp();
  await write('src/a b.py', 'find x\nfind y');
  await write('src/c.bin', Buffer.from([0]));
  const { code, stdout } = await run('--sample', 'src', '--format', 'sarif');
  expect(code).toBe(0);
  const log = JSON.parse(stdout);
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'scripted', rules: [{ id: 'scripted' }] } } }],
  });
  const [run1] = log.runs;
  expect(run1.results).toHaveLength(2);
  expect(run1.results[0].locations[0].physicalLocation.artifactLocation).toEqual({
    uri: 'src/a%20b.py',
    uriBaseId: '%SRCROOT%',
  });
  expect(run1.originalUriBaseIds['%SRCROOT%'].uri).toBe(`file://${home}/`);
  expect(run1.invocations[0].toolExecutionNotifications[0].message.text).toContain('c.bin is binary');
  const empty = await run('--sample', 'plugin/src', '--format', 'sarif');
  expect(JSON.parse(empty.stdout).runs[0].results).toEqual([]);
});

test('findings at or above --fail-on exit with 1, lesser ones with 0', async () => {
  const { write, run } = await setUp();
  await write('a.py', 'find x');
  expect((await run('--sample', 'a.py', '--fail-on', 'high')).code).toBe(1);
  expect((await run('--sample', 'a.py', '--fail-on', 'low')).code).toBe(1);
  expect((await run('--sample', 'a.py', '--fail-on', 'critical')).code).toBe(0);
});

test('a plugin that throws exits with 3, and says on which sample, why and where', async () => {
  const { write, run } = await setUp();
  await write('throw.py', 'find x\nthrow');
  expect(await run('--sample', 'throw.py', '--fail-on', 'high')).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(
      /^throw\.py\n {2}failed {2}(?!plugin-error).*the sample said so\n\n1 file could not be examined, .*, failed\n$/,
    ),
    // The sentence is in the report.
    stderr: expect.stringMatching(/^error plugins\/plugin-error\n {4}at .*src\/plugin\.ts:\d+/),
  });
});

test('a plugin that takes too long exits with 3, and says so as JSON', async () => {
  const { write, run } = await setUp();
  await write('loop.py', 'loop');
  const late = await run('--sample', 'loop.py', '--timeout', '0.3', '--format', 'json');
  expect(late).toMatchObject({ code: 3, stderr: expect.stringContaining('plugins/timeout') });
  expect(JSON.parse(late.stdout)).toMatchObject({ outcome: 'timeout', response: null });
});

test('a plugin that answers nonsense exits with 3, and says what is wrong with it', async () => {
  const { write, run } = await setUp();
  await write('bad.py', 'bad');
  expect(await run('--sample', 'bad.py')).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/^bad\.py\n {2}invalid response {2}.*\/status must be/),
    stderr: '',
  });
});

const BROKEN_ANSWER = `
import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class Scripted extends AnalyzerPlugin {
  override getSupportedTypes() { return ['source_code']; }
  override async analyze({ request_id }: { request_id: string }) {
    return { request_id, status: 'fine', vulnerabilities: Array.from({ length: 60 }, () => ({ title: 3 })) } as never;
  }
}`;

test('all in which a response breaks the contract is said, as text and as JSON', async () => {
  const { write, run } = await setUp();
  await write('plugin/src/plugin.ts', BROKEN_ANSWER);
  await write('a.py', '');
  const text = await run('--sample', 'a.py');
  const json = JSON.parse((await run('--sample', 'a.py', '--format', 'json')).stdout);
  for (const index of [0, 59]) {
    expect(text.stdout).toMatch(new RegExp(`^ +/vulnerabilities/${index}/title must be string$`, 'm'));
    expect(json.response_problems).toContain(`/vulnerabilities/${index}/title must be string`);
  }
  expect(json.error).toMatchObject({
    message: expect.stringMatching(/ in \d+ places, first: \//),
    data: { problems: json.response_problems },
  });
  expect(text.stdout).not.toContain(' more');
});

test('errors that the plugin logged are counted, and the first is said', async () => {
  const { write, run } = await setUp();
  await write('src/a.py', 'log fine\nfail first');
  await write('src/b.py', 'fail second');
  await write('c.py', 'log fine');
  const { code, stdout, stderr } = await run('--sample', 'src');
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'warning: the plugin logged 2 errors, first: first\n' });
  expect(stdout).toMatch(/^No findings in 2 files, .*, 2 errors logged\n$/);
  expect((await run('--sample', 'c.py')).stderr).toBe('');
});

test.each([
  'constructor(context: never) { super(context); throw new Error("not today"); }',
  'override async initialize() { this.logger.error("about to"); throw new Error("not today"); }',
])('a plugin that fails as it starts (%s) is one object of JSON all the same', async (member) => {
  const { write, run } = await setUp();
  await write('plugin/src/plugin.ts', BROKEN_ANSWER.replace('override getS', `${member} override getS`));
  const { code, stdout, stderr } = await run('--sample', 'plugin/plugin.json', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    file: 'plugin.json',
    request: null,
    response: null,
    events: [],
    logs: expect.any(Array),
    duration_ms: expect.any(Number),
    outcome: 'plugin-error',
    isolation: expect.stringContaining('ses'),
    error: { code: 'plugins/start-failed', message: expect.stringContaining('not today') },
  });
  expect(stderr).toContain('not today');
  expect(code).toBe(3);
});

test('nothing examined does not pass a gate, and without a gate it is no failure', async () => {
  const { write, run } = await setUp();
  await write('empty/c.bin', Buffer.from([0]));
  const { code, stderr } = await run('--sample', 'empty', '--fail-on', 'high');
  expect(stderr).toMatch(/^error cli\/nothing-examined: Nothing in empty was examined, .* --sample names\.$/m);
  expect(code).toBe(2);
  expect((await run('--sample', 'empty')).code).toBe(0);
});

test.each([['run', 'plugin', '--sample', 'plugin/plugin.json'], ['serve']])(
  'a data folder that cannot be written is one sentence (%s)',
  async (...args) => {
    const { home } = await setUp();
    const place = join(home, 'taken');
    await writeFile(place, '');
    const { code, stdout, stderr } = await runCommandLine(home, args, { environment: { MCP_STUDIO_HOME: place } });
    expect(stderr).toBe(
      `error studio/data-folder: The studio cannot write into its data folder ${place}: a file is in its place. Mend that, or name another folder in MCP_STUDIO_HOME.\n`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  },
);

test('sarif has of a rule what the plugin tells of it', async () => {
  const { write, run } = await setUp();
  const told = `override getRulesInfo() { return { rules: [{ id: 'scripted', description: 'The rule itself.', severity: 'low' }] }; }`;
  await write('plugin/src/plugin.ts', SCRIPTED_PLUGIN.replace('override getS', `${told} override getS`));
  await write('a.py', 'find x');
  const { stdout, stderr } = await run('--sample', 'a.py', '--format', 'sarif', '--config', 'severity=high');
  expect(JSON.parse(stdout).runs[0].tool.driver.rules).toMatchObject([
    { id: 'scripted', fullDescription: { text: 'The rule itself.' }, properties: { 'security-severity': '2.0' } },
  ]);
  expect(stderr).toBe('');
});

test.runIf(process.platform === 'linux')('large samples one after the other do not add up in the host', async () => {
  const { home, write } = await setUp();
  // A plugin that does not look at them.
  await write(
    'plugin/src/plugin.ts',
    BROKEN_ANSWER.replace("'fine'", "'success'").replace(/vulnerabilities: .* as/, 'vulnerabilities: [] } as'),
  );
  const text = Buffer.alloc(9 * MEGABYTE, 'x');
  for (let index = 0; index < 12; index++) await write(`src/${index}.txt`, text);
  const peak = join(home, 'peak');
  const { code } = await runCommandLine(
    home,
    ['run', 'plugin', '--sample', 'src'],
    await withFault(
      home,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`,
    ),
  );
  expect(code).toBe(0);
  expect(Number(await readFile(peak, 'utf8')) / 1024).toBeLessThan(220);
});

test('a sample on which the plugin took too long is named with the reason, and not called clean', async () => {
  const { write, run } = await setUp();
  await write('loop.py', 'loop');
  const { stdout } = await run('--sample', 'loop.py', '--timeout', '0.3');
  expect(stdout).toMatch(/^loop\.py\n {2}timed out {2}.*\n\n1 file could not be examined, .*, timed out\n$/);
});

test('what was not examined is not among what is clean', async () => {
  const { write, run } = await setUp();
  await write('src/a.py', 'find a');
  await write('src/b.py', 'throw');
  await write('src/c.py', 'find c\nbad');
  await write('src/d.py', 'clean');
  const some = await run('--sample', 'src');
  expect(some.code).toBe(3);
  expect(some.stdout).toMatch(/^src\/b\.py\n {2}failed {2}(?!plugin-error).*the sample said so$/m);
  expect(some.stdout).toMatch(
    /\n2 findings \(2 high\) in 2 of 3 files; 1 file could be examined only in part; 1 file could not be examined, .*, 2 warnings\n$/,
  );
});

test('a folder without any text is not called clean', async () => {
  const { write, run } = await setUp();
  await write('empty/c.bin', Buffer.from([0]));
  const none = await run('--sample', 'empty');
  expect(none.stdout).toMatch(/^Nothing was examined, .*, 1 warning\n$/);
});

test('the summary counts all warnings, also those that are not listed', async () => {
  const { write, run } = await setUp();
  await write('src/a.py', 'clean');
  await Promise.all(Array.from({ length: 130 }, (_, index) => write(`src/${index}.bin`, Buffer.from([0]))));
  const { stdout, stderr } = await run('--sample', 'src');
  expect(stdout).toMatch(/^No findings in 1 file, .*, 130 warnings\n$/);
  expect(stderr.match(/^warning: /gm)).toHaveLength(21);
  expect(stderr).toMatch(/warning: … and 110 more\.\n$/);
});

test('a plugin that does not build exits with 3 and names the place', async () => {
  const { write, run } = await setUp();
  await write('plugin/src/plugin.ts', 'export class Scripted {');
  const { code, stdout, stderr } = await run('--sample', 'plugin/plugin.json');
  expect(stderr).toMatch(/src\/plugin\.ts:1:\d+ error build\//);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  const json = JSON.parse((await run('--sample', 'plugin/plugin.json', '--format', 'json')).stdout);
  expect(json).toMatchObject({
    outcome: 'plugin-error',
    error: { code: 'plugins/build-failed', data: { diagnostics: [{ file: 'src/plugin.ts' }] } },
  });
});

test('an invalid manifest exits with 2, with every diagnostic and its remedy', async () => {
  const { run } = await setUp({ version: '1.2' });
  const { code, stdout, stderr } = await run('--sample', 'plugin/plugin.json');
  expect(stderr).toMatch(/^plugin\.json:3:\d+ error manifest\/version .+$/m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const json = await run('--sample', 'plugin/plugin.json', '--format', 'json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    outcome: 'plugin-error',
    error: { code: 'plugins/invalid-manifest' },
  });
  expect(json.code).toBe(2);
});

test('validate prints what is wrong with a manifest, and exits with 2 only for errors', async () => {
  const { home } = await setUp({ version: '1.2' });
  const text = await runCommandLine(home, ['validate', 'plugin']);
  expect(text).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^plugin\.json:3:\d+ error manifest\/version .+\n[\s\S]*not valid: 1 error/),
  });
  const json = await runCommandLine(home, ['validate', 'plugin', '--format', 'json']);
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout)).toMatchObject({ valid: false, diagnostics: [{ code: 'manifest/version' }] });
  const none = await runCommandLine(home, ['validate', 'none']);
  expect(none.code).toBe(2);
  const good = await setUp();
  expect(await runCommandLine(good.home, ['validate', 'plugin'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('plugin.json is valid'),
  });
});

test('a reader that has had enough ends the run quietly', async () => {
  const { home, write } = await setUp();
  for (let index = 0; index < 200; index++) await write(`src/${index}.py`, `find ${'x'.repeat(2000)}`);
  const shell = spawn(
    'sh',
    [
      '-c',
      '{ "$0" "$@"; echo "code $?" >&2; } | head -n 1',
      process.execPath,
      cliFile,
      'run',
      'plugin',
      '--sample',
      'src',
      '--format',
      'json',
    ],
    { cwd: home, env: { PATH: process.env.PATH, MCP_STUDIO_HOME: join(home, 'studio-home') } },
  );
  let stderr = '';
  let stdout = '';
  shell.stderr.on('data', (part: Buffer) => {
    stderr += part.toString();
  });
  shell.stdout.on('data', (part: Buffer) => {
    stdout += part.toString();
  });
  await new Promise((done) => shell.once('close', done));
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'success' });
  expect(stderr).toBe('code 0\n');
});

test('Ctrl+C ends the run, leaves no process and exits with 130', async () => {
  const { home, write } = await setUp();
  await write('src/a.py', 'find a');
  await write('src/b.py', 'wait');
  const command = startCommand(home, ['run', 'plugin', '--sample', 'src', '--format', 'json']);
  expect(JSON.parse(await command.firstLine)).toMatchObject({ file: 'a.py' });
  const plugin = listChildren(command.process.pid!).find(({ command: line }) => line.includes('runner-javascript'));
  command.process.kill('SIGINT');
  const { code, stdout } = await command.result;
  expect({ code, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 130, lines: 1 });
  expect(() => process.kill(plugin!.pid, 0)).toThrow('ESRCH');
});

function listChildren(pid: number): { pid: number; command: string }[] {
  const listing = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return listing.split('\n').flatMap((line) => {
    const [, child, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === pid ? [{ pid: Number(child), command }] : [];
  });
}

test('a folder with what cannot be read, with links, binaries and 50 MB is run to its end', async () => {
  const { home, write } = await setUp();
  await write('src/a.py', 'find a');
  await write('src/locked.py', 'find locked');
  await write('src/locked/b.py', 'find b');
  await write('src/c.bin', Buffer.from([0, 1]));
  await write('src/big.sql', '');
  await truncate(join(home, 'src', 'big.sql'), 50 * 1024 * 1024);
  await symlink('..', join(home, 'src', 'up'));
  await chmod(join(home, 'src', 'locked.py'), 0o000);
  await chmod(join(home, 'src', 'locked'), 0o000);
  await chmod(home, 0o777);
  // Root may read everything.
  const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const { code, stdout, stderr } = await runCommandLine(
    home,
    ['run', 'plugin', '--sample', 'src', '--format', 'json'],
    user,
  );
  await chmod(join(home, 'src', 'locked'), 0o700);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).file),
  ).toEqual(['a.py']);
  expect(stderr).toMatch(/warning: big\.sql has 50 MB/);
  expect(stderr).toMatch(/warning: c\.bin is binary/);
  expect(stderr).toMatch(/warning: locked cannot be read: you may not read it/);
  expect(stderr).toMatch(/warning: locked\.py cannot be read: you may not read it/);
  expect(code).toBe(0);
});

test('serve prints one link that works, and stops when it is told to', async () => {
  const { home } = await setUp();
  const command = startCommand(home, ['serve', 'plugin']);
  const url = await command.firstLine;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=.+$/);
  const page = await fetch(url);
  expect([page.status, page.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('HttpOnly')]);
  expect((await fetch(url)).status).toBe(403);
  command.process.kill('SIGTERM');
  expect(await command.result).toEqual({ code: 0, stdout: `${url}\n`, stderr: '' });
});

test('serve says that its port is taken, or that a folder is no plugin, and exits with 2', async () => {
  const { home } = await setUp();
  const first = startCommand(home, ['serve']);
  const { port } = new URL(await first.firstLine);
  const second = await runCommandLine(home, ['serve', '--port', port]);
  expect(second).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`Port ${port} is in use`) });
  const wrong = await runCommandLine(home, ['serve', home]);
  expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('has no plugin.json') });
  first.process.kill('SIGINT');
  expect((await first.result).code).toBe(0);
});

/** Makes the host fail where no code of it is at fault: at a signal, or at once. */
async function withFault(home: string, fault: string) {
  const file = join(home, 'fault.cjs');
  await writeFile(file, fault);
  return { environment: { NODE_OPTIONS: `--require ${file}` } };
}

async function openWindow(link: string) {
  const { origin, host } = new URL(link);
  const cookie = (await fetch(link)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const open = (url: string) => new WebSocket(url, { headers: { cookie, origin } }) as unknown as globalThis.WebSocket;
  const rpc = createRpcClient(
    () => undefined,
    (error) => {
      throw error;
    },
  );
  rpc.attach(await connectWebSocket(`ws://${host}/socket`, open));
  const studio = rpc.service(studioService);
  const failure = new Promise<{ code: string; message: string }>((done) => studio.on('didFail', done));
  // Answered after the host has heard who listens.
  await studio.info({});
  return { studio, failure };
}

test('a promise that nobody caught in the host is told to the window, and serve goes on', async () => {
  const { home } = await setUp();
  const fault = `process.on('SIGUSR2', () => void Promise.reject(new Error('no luck')))`;
  const command = startCommand(home, ['serve'], await withFault(home, fault));
  const { studio, failure } = await openWindow(await command.firstLine);
  command.process.kill('SIGUSR2');
  expect(await failure).toEqual({
    code: 'studio/internal',
    message: 'Something went wrong in the host: no luck. Its log has the details.',
  });
  expect(await studio.info({})).toMatchObject({ door: 'browser' });
  command.process.kill('SIGTERM');
  expect(await command.result).toMatchObject({ code: 0, stderr: expect.stringMatching(/no luck\n +at .*fault\.cjs/) });
});

test('an exception that nobody caught in the host is told to the window, and serve ends and says why', async () => {
  const { home } = await setUp();
  const fault = `process.on('SIGUSR2', () => { throw new Error('no luck'); })`;
  const command = startCommand(home, ['serve'], await withFault(home, fault));
  const { failure } = await openWindow(await command.firstLine);
  command.process.kill('SIGUSR2');
  expect((await failure).message).toContain('no luck');
  const { code, stderr } = await command.result;
  expect(stderr).toContain('error studio/internal: Something went wrong in the host: no luck.');
  expect(code).toBe(3);
});

test('a failure inside the studio is not taken for findings', async () => {
  const { home, write } = await setUp();
  await write('a.py', 'find x');
  const { code, stderr } = await runCommandLine(
    home,
    ['run', 'plugin', '--sample', 'a.py', '--fail-on', 'high'],
    await withFault(home, `setImmediate(() => Promise.reject(new Error('no luck')))`),
  );
  expect(stderr).toContain('no luck');
  expect(code).toBe(3);
});
