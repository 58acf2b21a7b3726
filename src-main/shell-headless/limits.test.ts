/** Limits from a registry configuration, a manifest and a run, through the real command line. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { writePlugin } from '../runs/running-plugin.fixture';
import { DEFAULT_LIMITS } from '../runtime/runtime-limits';
import { buildCommandLine, runCommandLine } from './commands/command-line.fixture';

const MEGABYTE = 1024 * 1024;

beforeAll(buildCommandLine);

const HUNGRY = `
import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class Scripted extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  async analyze(request) {
    const word = request.target_data.content.trim();
    const all = [];
    while (word === 'objects') all.push({ text: String(all.length) });
    while (word === 'buffers') all.push(new Uint8Array(1e6).fill(1));
    if (word === 'events') for (let i = 0; i < 100; i++) void this.eventBus.publish({ event_type: 'custom' });
    if (word === 'file') await this.context.files.readText('plugin.json');
    return { request_id: request.request_id, status: 'success' };
  }
}`;

async function setUp(manifest: object = {}) {
  const home = await temporaryFolder();
  await writePlugin(join(home, 'plugin'), { source: HUNGRY, manifest });
  const write = (path: string, text: string) => writeFile(join(home, path), text);
  const run = async (word: string, ...args: string[]) => {
    await write('a.txt', word);
    const result = await runCommandLine(home, ['run', 'plugin', '--sample', 'a.txt', '--format', 'json', ...args]);
    return { ...result, json: result.stdout === '' ? undefined : JSON.parse(result.stdout) };
  };
  return { home, write, run };
}

test('a run that eats memory ends with the figure, the limit and what to do, also where buffers hold it', async () => {
  const { run } = await setUp();
  const objects = await run('objects', '--max-memory', '64');
  expect(objects).toMatchObject({ code: 3, stderr: expect.stringContaining('ran out of its 64 MB of heap') });
  expect(objects.json).toMatchObject({
    outcome: 'crashed',
    error: { data: { reason: 'memory', figure: 64 * MEGABYTE, limit: 64 * MEGABYTE, unit: 'bytes', from: 'run' } },
    limits: {
      heap: { limit: 64 * MEGABYTE, unit: 'bytes', from: 'run' },
      memory: { limit: 192 * MEGABYTE, unit: 'bytes', from: 'run' },
      events: { limit: DEFAULT_LIMITS.eventsPerSecond, unit: 'events/s', from: 'built-in' },
    },
  });
  const buffers = await run('buffers', '--max-memory', '64');
  expect(buffers.json).toMatchObject({
    outcome: 'crashed',
    error: {
      data: { reason: 'memory', limit: 192 * MEGABYTE },
      message: expect.stringMatching(/keep less.*raise it there/),
    },
  });
  expect(buffers.json.error.data.figure).toBeGreaterThan(192 * MEGABYTE);
}, 40_000);

test('a run may publish so many events a second, and has its time and its share said', async () => {
  const { run } = await setUp();
  const { json, code } = await run('events', '--max-events', '20', '--max-cpu', '80', '--timeout', '7');
  expect(code).toBe(3);
  expect(json).toMatchObject({
    error: { data: { reason: 'flood', limit: 20, unit: 'events/s', from: 'run' } },
    limits: {
      time: { limit: 7000, unit: 'ms', from: 'run' },
      cpu: { limit: 80, unit: 'percent', from: 'run' },
      events: { limit: 20, unit: 'events/s', from: 'run' },
    },
  });
});

test('the registry configuration of the data folder holds, and a file that is named instead of it', async () => {
  const { home, write, run } = await setUp({ capabilities: { memory_intensive: true } });
  expect((await run('nothing')).json.limits).toMatchObject({ heap: { limit: 1024 * MEGABYTE, from: 'manifest' } });
  await writeFile(join(home, 'studio-home', 'registry.yaml'), 'max_plugin_memory_mb: 100\nstartup_timeout: 9\n');
  expect((await run('nothing')).json.limits).toMatchObject({
    heap: { limit: 100 * MEGABYTE, from: 'registry' },
    startup: { limit: 9000, from: 'registry' },
    shutdown: { limit: 15_000, from: 'built-in' },
  });
  await write('strict.json', '{"max_plugin_cpu_percent": 60, "nonsense": 1}');
  const named = await run('nothing', '--registry-config', 'strict.json');
  expect(named).toMatchObject({ code: 0, stderr: expect.stringContaining('has no field "nonsense"') });
  expect(named.json.limits).toMatchObject({
    cpu: { limit: 60, from: 'registry' },
    startup: { limit: 30_000, from: 'built-in' },
  });
}, 40_000);

test('a run never gets more than the registry allows, and a broken file begins nothing', async () => {
  const { write, run } = await setUp();
  await write('registry.yaml', 'max_plugin_memory_mb: 100\n');
  expect(await run('nothing', '--max-memory', '101', '--registry-config', 'registry.yaml')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/limits\/not-allowed: The run asks for 101 MB of memory, .* allows 100 MB/),
  });
  await write('registry.yaml', 'max_plugin_memory_mb: much\n');
  expect(await run('nothing', '--registry-config', 'registry.yaml')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/registry\/invalid: .*registry\.yaml is refused. Line 1: max_plugin_memory_mb/),
  });
  expect(await run('nothing', '--max-memory', '8')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('from 32 on'),
  });
});

test('a permission that the registry does not allow is denied, whoever grants it', async () => {
  const { write, run } = await setUp({
    capabilities: { file_system_access: true, required_permissions: ['file_system_access'] },
  });
  expect(await run('file', '--allow', 'file_system_access')).toMatchObject({ code: 0 });
  await write('registry.yaml', 'allowed_permissions: [database_access]\n');
  const denied = await run('file', '--allow', 'file_system_access', '--registry-config', 'registry.yaml');
  expect(denied).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/registry\.yaml does not allow it: its allowed_permissions lacks file_system_access/),
  });
});
