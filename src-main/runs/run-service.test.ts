import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRunningPlugin, SCRIPTED_PLUGIN } from './running-plugin.fixture';

test('a run keeps the request, the response, the findings, the logs and counts its events', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'log looking\nfind eval(x)\npublish 3');
  const summary = await plugin.run('samples/a.py');
  expect(summary).toMatchObject({
    outcome: 'success',
    pluginId: 'scripted:1.0.0',
    sampleId: 'samples/a.py',
    sampleName: 'a.py',
    findingCount: 1,
    eventCount: 5,
  });
  const run = plugin.runs.read(summary.runId);
  expect(run).toMatchObject({
    request: {
      target_type: 'source_code',
      target_data: { filename: 'a.py', content: 'log looking\nfind eval(x)\npublish 3' },
    },
    response: { status: 'success', request_id: run.request.request_id },
    responseProblems: [],
    warnings: [],
    isolation: plugin.instance.status().isolation,
    configGeneration: 1,
  });
  expect(run.findings).toMatchObject([
    { change: 'first', result: { title: 'Found eval(x)', location: { file: 'a.py', line: 2 } } },
  ]);
  expect(run.logs.map(({ message, runId }) => [message, runId])).toEqual([['looking', run.runId]]);
  expect(run.durationMs).toBeGreaterThan(0);
  expect(plugin.runs.list(plugin.folder)).toEqual([summary]);
});

test('a run is announced on the bus under its id', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find x');
  const { runId } = await plugin.run('samples/a.py');
  const ofRun = plugin.events.filter(({ correlation_id }) => correlation_id === runId);
  expect(ofRun).toMatchObject([
    {
      event_type: 'analysis.started',
      source: 'scripted:1.0.0',
      source_type: 'plugin',
      data: { run_id: runId, sample: 'a.py' },
    },
    {
      event_type: 'analysis.completed',
      data: { run_id: runId, outcome: 'success', findings: 1, duration_ms: expect.any(Number) },
    },
  ]);
});

test('a second run of a sample says what is new, what is the same and what is gone', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find one\nfind two\nfind two');
  const first = await plugin.run('samples/a.py');
  await plugin.writeSample('a.py', '\n\nfind two\nfind three');
  const run = plugin.runs.read((await plugin.run('samples/a.py')).runId);
  expect(run.previousRunId).toBe(first.runId);
  expect(run.findings.map(({ change, result }) => [change, result.title])).toEqual([
    ['same', 'Found two'],
    ['new', 'Found three'],
  ]);
  expect(run.gone.map(({ result }) => result.title)).toEqual(['Found one', 'Found two']);
});

test('a plugin that throws ends the run with its error and where it was thrown', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find x\nthrow');
  const { runId, outcome } = await plugin.run('samples/a.py');
  expect(outcome).toBe('plugin-error');
  const line = SCRIPTED_PLUGIN.split('\n').findIndex((text) => text.includes('new TypeError')) + 1;
  expect(plugin.runs.read(runId).error).toMatchObject({
    code: 'plugins/plugin-error',
    message: expect.stringContaining('the sample said so'),
    data: { name: 'TypeError', stack: expect.stringContaining(`src/plugin.ts:${line}:`) },
  });
  expect(plugin.events.at(-1)).toMatchObject({
    event_type: 'analysis.failed',
    correlation_id: runId,
    data: { outcome },
  });
  await plugin.writeSample('a.py', 'find x');
  expect((await plugin.run('samples/a.py')).outcome).toBe('success');
});

test('a response that breaks the contract is kept with its problems, and whole findings are shown', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find x\nbad');
  const { runId, outcome, findingCount } = await plugin.run('samples/a.py');
  expect([outcome, findingCount]).toEqual(['invalid-response', 1]);
  expect(plugin.runs.read(runId)).toMatchObject({
    response: { status: 'fine' },
    responseProblems: ['/status must be equal to one of the allowed values: success, error, timeout'],
    error: { code: 'runs/invalid-response' },
  });
});

test('a plugin that answers that it failed has failed', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'answer error');
  const { runId, outcome } = await plugin.run('samples/a.py');
  expect(outcome).toBe('plugin-error');
  expect(plugin.runs.read(runId).error).toEqual({ code: 'runs/answered-error', message: 'no luck' });
  await plugin.writeSample('a.py', 'answer timeout');
  expect((await plugin.run('samples/a.py')).outcome).toBe('timeout');
});

test('a plugin that loops for ever is stopped at the timeout, and the next run has a new process', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'loop');
  await plugin.writeSample('b.py', 'find x');
  await plugin.run('samples/b.py');
  const before = plugin.instance.status().pid;
  const summary = await plugin.run('samples/a.py', { timeoutSeconds: 0.3 });
  expect(summary.outcome).toBe('timeout');
  expect(plugin.runs.read(summary.runId).request.timeout).toBe(0.3);
  expect((await plugin.run('samples/b.py')).outcome).toBe('success');
  expect(plugin.instance.status().pid).not.toBe(before);
});

test('a process that dies under a run is a crash', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'wait');
  const waiting = plugin.event('custom.waiting');
  const running = plugin.run('samples/a.py');
  await waiting;
  process.kill(plugin.instance.status().pid!, 'SIGKILL');
  const { runId, outcome } = await running;
  expect(outcome).toBe('crashed');
  expect(plugin.runs.read(runId).error).toMatchObject({ code: 'plugins/crashed' });
});

test('a run can be cancelled, and then there is room for the next', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'wait');
  const waiting = plugin.event('custom.waiting');
  const { runId } = await plugin.runs.start({ folder: plugin.folder, sampleId: 'samples/a.py' });
  await waiting;
  await expect(plugin.run('samples/a.py')).rejects.toMatchObject({ code: 'runs/busy' });
  expect(plugin.runs.read(runId).outcome).toBe('running');
  await plugin.runs.cancel(runId);
  expect(plugin.runs.read(runId).outcome).toBe('cancelled');
  await plugin.writeSample('a.py', 'find x');
  expect((await plugin.run('samples/a.py')).outcome).toBe('success');
});

test('preparing the next request does not disturb a run, also where the source has changed', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'wait');
  const waiting = plugin.event('custom.waiting');
  const { runId } = await plugin.runs.start({ folder: plugin.folder, sampleId: 'samples/a.py' });
  await waiting;
  const { pid } = plugin.instance.status();
  await writeFile(join(plugin.folder, 'src', 'plugin.ts'), `${SCRIPTED_PLUGIN}\n// changed`);
  const request = await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/a.py' });
  expect(request.target_type).toBe('source_code');
  expect(plugin.instance.status().pid).toBe(pid);
  expect(plugin.runs.read(runId).outcome).toBe('running');
  await plugin.runs.cancel(runId);
});

test('an override of the configuration is for its run alone', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find x');
  const severityOf = (runId: string) => plugin.runs.read(runId).findings[0]!.result.severity;
  expect(severityOf((await plugin.run('samples/a.py', { config: { severity: 'low' } })).runId)).toBe('low');
  expect(severityOf((await plugin.run('samples/a.py')).runId)).toBe('high');
});

test('an edited request is sent as it was edited; one that breaks the contract is refused', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find x');
  const prepared = await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/a.py' });
  const request = {
    ...prepared,
    target_type: 'config_file',
    target_data: { content: 'find edited', filename: 'b.yaml' },
  };
  const { runId } = await plugin.run('samples/a.py', { request });
  expect(plugin.runs.read(runId)).toMatchObject({ request, findings: [{ result: { title: 'Found edited' } }] });
  await expect(plugin.run('samples/a.py', { request: { ...request, priority: 101 } })).rejects.toMatchObject({
    code: 'runs/invalid-request',
    data: { problems: [expect.stringContaining('/priority')] },
  });
});

test('preparing a request runs nothing of the plugin', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'find x');
  await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/a.py' });
  expect(plugin.events.map(({ event_type }) => event_type)).not.toContain('plugin.loaded');
  await plugin.run('samples/a.py');
  expect(plugin.events.map(({ event_type }) => event_type)).toContain('plugin.loaded');
});

test('a request can be prepared for a plugin that does not build; running it says why it does not', async () => {
  const plugin = await openRunningPlugin({ source: 'export class Scripted {' });
  await plugin.writeSample('a.yaml', 'a: 1');
  const request = await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/a.yaml' });
  expect(request.target_type).toBe('config_file');
  await expect(plugin.run('samples/a.yaml')).rejects.toMatchObject({ code: 'plugins/build-failed' });
  await writeFile(join(plugin.folder, 'src', 'plugin.ts'), SCRIPTED_PLUGIN);
  expect((await plugin.run('samples/a.yaml')).outcome).toBe('success');
});

test('samples that cannot be one are refused before anything runs', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.bin', Buffer.from([1, 0, 2]));
  await plugin.writeSample('big.txt', Buffer.alloc(50 * 1024 * 1024, 'x'));
  await expect(plugin.run('samples/a.bin')).rejects.toMatchObject({ code: 'runs/sample-binary' });
  await expect(plugin.run('samples/big.txt')).rejects.toMatchObject({ code: 'runs/sample-too-large' });
  await expect(plugin.run('samples/none.py')).rejects.toMatchObject({ code: 'runs/no-sample' });
  expect(plugin.runs.list(plugin.folder)).toEqual([]);
});

test('a hundred thousand events of one run are counted without being kept', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'publish 100000');
  expect(await plugin.run('samples/a.py')).toMatchObject({ outcome: 'success', eventCount: 100_002 });
}, 60_000);

test('events that another plugin publishes under the id of a run are not of that run', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'wait');
  const waiting = plugin.event('custom.waiting');
  const { runId } = await plugin.runs.start({ folder: plugin.folder, sampleId: 'samples/a.py' });
  await waiting;
  plugin.bus.publish({ event_type: 'custom.forged', correlation_id: runId });
  await plugin.runs.cancel(runId);
  // Its start, its waiting, its end.
  expect(plugin.runs.read(runId).eventCount).toBe(3);
});

const HANGING = SCRIPTED_PLUGIN.replace(
  'override getSupportedTypes',
  `override async initialize() {
    await this.eventBus.publish({ event_type: 'custom.hangs' });
    await new Promise(() => undefined);
  }

  override getSupportedTypes`,
);

test('a run that is stopped while its plugin starts ends at once, and leaves nothing behind', async () => {
  const plugin = await openRunningPlugin({ source: HANGING });
  await plugin.writeSample('a.py', 'find x');
  for (const config of [undefined, { severity: 'low' }]) {
    const hanging = plugin.event('custom.hangs');
    const starting = plugin.runs.start({
      folder: plugin.folder,
      sampleId: 'samples/a.py',
      ...(config === undefined ? {} : { config }),
    });
    const refused = expect(starting).rejects.toMatchObject({ code: 'runs/cancelled' });
    await hanging;
    await plugin.runs.cancelIn(plugin.folder);
    await refused;
  }
  expect(plugin.runs.list(plugin.folder)).toEqual([]);
  await writeFile(join(plugin.folder, 'src', 'plugin.ts'), SCRIPTED_PLUGIN);
  expect((await plugin.run('samples/a.py')).outcome).toBe('success');
});

test('whoever streams a run can stop it while its plugin starts', async () => {
  const plugin = await openRunningPlugin({ source: HANGING });
  await plugin.writeSample('a.py', 'find x');
  const abort = new AbortController();
  const hanging = plugin.event('custom.hangs');
  const sample = await plugin.samples.open(plugin.folder, 'samples/a.py');
  const streaming = plugin.runs.stream({
    folder: plugin.folder,
    sample,
    signal: abort.signal,
    onFileResult: () => undefined,
  });
  const refused = expect(streaming).rejects.toMatchObject({ code: 'runs/cancelled' });
  await hanging;
  abort.abort();
  await refused;
});

test('closing stops a run that is about to begin, too, and refuses the next', async () => {
  const plugin = await openRunningPlugin({ source: HANGING });
  await plugin.writeSample('a.py', 'find x');
  const hanging = plugin.event('custom.hangs');
  const starting = plugin.run('samples/a.py');
  const refused = expect(starting).rejects.toMatchObject({ code: 'runs/cancelled' });
  await hanging;
  await plugin.runs.close();
  await refused;
  await expect(plugin.run('samples/a.py')).rejects.toMatchObject({ code: 'runs/closed' });
});

test('a run is stopped by its folder, too; where none runs there is nothing to stop', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('a.py', 'wait');
  const waiting = plugin.event('custom.waiting');
  const { runId } = await plugin.runs.start({ folder: plugin.folder, sampleId: 'samples/a.py' });
  await waiting;
  await plugin.runs.cancelIn(plugin.folder);
  expect(plugin.runs.read(runId).outcome).toBe('cancelled');
  await plugin.runs.cancelIn(plugin.folder);
  await plugin.runs.cancel(runId);
});
