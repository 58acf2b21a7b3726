import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { writePlugin } from '../runs/running-plugin.fixture';
import { TYPED_PLUGINS, type TypedPlugin, typedManifest } from '../runs/typed-plugins.fixture';
import { buildCommandLine, runCommandLine, startCommand } from './commands/command-line.fixture';

// Each test starts the command several times.
vi.setConfig({ testTimeout: 120_000 });
beforeAll(buildCommandLine);

async function setUp(type: TypedPlugin, sample: string, name = 'sample.txt') {
  const home = await temporaryFolder();
  await writePlugin(join(home, 'plugin'), { source: TYPED_PLUGINS[type], manifest: typedManifest(type) });
  await writeFile(join(home, name), sample);
  const run = (...args: string[]) => runCommandLine(home, ['run', 'plugin', ...args]);
  return { home, run, sample: (...args: string[]) => run('--sample', name, ...args) };
}

test('an enricher says what is known of each indicator', async () => {
  const { sample } = await setUp('enricher', '192.0.2.1\npartial.example');
  const text = await sample();
  expect(text.stdout).toMatch(
    /^192\.0\.2\.1 \(ip, from the cache\)\n {2}8\.5 {2}high {2}threat_intel {2}feed a {2}botnet\n\npartial\.example \(domain\)\n {2}nothing is known\n\n1 enrichment of 2 indicators, \d+\.\d\d s, ses.*\n$/,
  );
  expect(text).toMatchObject({ code: 0, stderr: expect.stringContaining('feed b is down') });
  const json = await sample('--format', 'json', '--data-type', 'domain');
  const objects = json.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(objects).toMatchObject([
    { file: 'sample.txt:1', request: { data_type: 'domain' }, response: { cache_hits: 1 } },
    { file: 'sample.txt:2', outcome: 'success' },
  ]);
});

test('a scanner says what it found where; findings at or above --fail-on exit with 1', async () => {
  const { sample } = await setUp('scanner', '2');
  const text = await sample('--profile', 'deep');
  expect(text.stdout).toMatch(
    /^127\.0\.0\.1:0\n {2}- {2}low {2}port 0\n\n127\.0\.0\.1:1\n {2}- {2}low {2}port 1\n\nRisk 4 of 10\n2 findings \(2 low\) in 1 target, .*\n$/,
  );
  expect(text.code).toBe(0);
  expect((await sample('--fail-on', 'low')).code).toBe(1);
  const json = await sample('--format', 'json', '--profile', 'deep');
  expect(JSON.parse(json.stdout)).toMatchObject({
    request: { scan_profile: 'deep', scan_type: 'network' },
    response: { status: 'completed', result: { scan_config: { scan_profile: 'deep' } } },
    outcome: 'success',
  });
  const sarif = JSON.parse((await sample('--format', 'sarif')).stdout);
  expect(sarif.runs[0].results).toHaveLength(2);
  const odd = await sample('--profile', 'odd');
  expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('It supports default, deep') });
});

test('Ctrl+C cancels a scan by the plugin itself', async () => {
  const { home } = await setUp('scanner', '1\nstay');
  const command = startCommand(home, ['run', 'plugin', '--sample', 'sample.txt', '--format', 'text']);
  await command.firstLine;
  command.process.kill('SIGINT');
  const { code, stdout } = await command.result;
  expect(stdout).toMatch(/stopped\n$/);
  expect(code).toBe(130);
});

test('a notifier says what became of each channel; one that was not reached exits with 1, none with 3', async () => {
  const { sample } = await setUp('notifier', 'all is well, no slack');
  const partly = await sample('--channel', 'slack', '--channel', 'email');
  expect(partly.stdout).toMatch(
    /^all is well, no slack\n {2}slack {2}failed {2}unreachable\n {2}email {2}sent {4}ok\n\n2 del/,
  );
  expect(partly.code).toBe(1);
  expect((await sample('--channel', 'email')).code).toBe(0);
  expect((await sample()).code).toBe(3);
});

test('a processor says what follows from each event', async () => {
  const events = '{"event_type":"custom.in","event_name":"first"}\n{"event_type":"custom.drop"}';
  const { sample } = await setUp('processor', events, 'events.jsonl');
  const { code, stdout } = await sample();
  expect(stdout).toMatch(
    /^custom\.in: first\n {2}→ {2}custom\.one\n {2}→ {2}custom\.two\n\ncustom\.drop\n {2}nothing follows\n\n2 events out of 2 events in, /,
  );
  expect(code).toBe(0);
});

test('what is only for findings, or for another type, is refused', async () => {
  const { sample, run } = await setUp('enricher', '192.0.2.1');
  for (const option of [
    ['--format', 'sarif'],
    ['--fail-on', 'low'],
  ]) {
    const refused = await sample(...option);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('cli/no-findings') });
  }
  const profile = await sample('--profile', 'deep');
  expect(profile).toMatchObject({ code: 2, stderr: expect.stringContaining('have no scan profile') });
  expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('--method') });
});

test('a method is called by its wire name', async () => {
  const { run } = await setUp('scanner', '1');
  const profiles = await run('--method', 'get_scan_profiles');
  expect(profiles.code).toBe(0);
  expect(JSON.parse(profiles.stdout)).toEqual({ default: { ports: 10 }, deep: { ports: 1000 } });
  const json = await run('--method', 'cancel_scan', '--args', '["none"]', '--format', 'json');
  expect(JSON.parse(json.stdout)).toEqual({
    method: 'cancel_scan',
    args: ['none'],
    value: false,
    duration_ms: expect.any(Number),
  });
  const thrown = await run('--method', 'get_scan_status', '--args', '["none"]');
  expect(thrown).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('plugins/plugin-error') });
  const unknown = await run('--method', 'analyze');
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('start_scan') });
  expect(await run('--method', 'cancel_scan', '--args', 'none')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('cli/bad-args'),
  });
});
