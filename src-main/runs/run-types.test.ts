import type { EventRequest, EventResponse } from '@shared/contracts';
import type { ScanResponse } from '@shared/schemas';
import { expect, test } from 'vitest';
import { openTypedPlugin } from './typed-plugins.fixture';
import { performScan } from './types/perform-scan';

const typesOf = (events: readonly { event_type: string }[]) => events.map(({ event_type }) => event_type);

test('an enricher is asked for each line of a text, and each answer is kept with its request', async () => {
  const plugin = await openTypedPlugin('enricher');
  await plugin.writeSample('iocs.txt', '# from a report\n203.0.113[.]7\n\nupdate-cdn.example\n');
  const summary = await plugin.run('samples/iocs.txt');
  expect(summary).toMatchObject({
    pluginType: 'enricher',
    outcome: 'success',
    findingCount: 2,
    progress: { done: 2, total: 2, unit: 'request' },
  });
  const run = plugin.runs.read(summary.runId);
  expect(run.exchanges).toMatchObject([
    { label: 'iocs.txt:2', request: { data_type: 'ip', data_value: '203.0.113[.]7' }, outcome: 'success' },
    {
      label: 'iocs.txt:4',
      request: { data_type: 'domain', data_value: 'update-cdn.example' },
      response: { enrichments: [{ threat_score: 8.5 }], cache_hits: 1 },
    },
  ]);
  expect(run.request).toEqual(run.exchanges[0]?.request);
  expect(run.logs.map(({ message }) => message)).toEqual(['asked for 203.0.113[.]7', 'asked for update-cdn.example']);
  expect(typesOf(plugin.events.filter(({ correlation_id }) => correlation_id === summary.runId))).toEqual([
    'enrichment.requested',
    'enrichment.completed',
  ]);
});

test('an indicator on which the enricher fails is a warning, and its error is kept with its request', async () => {
  const plugin = await openTypedPlugin('enricher');
  await plugin.writeSample('iocs.txt', 'throw.example\ngood.example\nbad.example\npartial.example');
  const run = plugin.runs.read((await plugin.run('samples/iocs.txt')).runId);
  expect(run.outcome).toBe('success');
  expect(run.exchanges.map(({ outcome }) => outcome)).toEqual([
    'plugin-error',
    'success',
    'invalid-response',
    'success',
  ]);
  expect(run.exchanges[0]?.error?.message).toContain('the indicator said so');
  expect(run.warnings).toEqual([
    expect.stringContaining('iocs.txt:1: '),
    expect.stringContaining('/status must be equal to one of the allowed values: success, partial, error, timeout'),
    'Not everything could be asked: feed b is down',
  ]);
});

test('a JSON sample is a request, or a part of one; what is changed of it goes for all others, too', async () => {
  const plugin = await openTypedPlugin('enricher');
  await plugin.writeSample('one.json', '{ "data_value": "a.example", "priority": 80 }');
  await plugin.writeSample('two.jsonl', '{"data_value":"a.example"}\n{"data_value":"192.0.2.1","source":"me"}');
  const one = await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/one.json' });
  expect(one).toMatchObject({ data_type: 'domain', priority: 80, timeout: 30, source: 'mcp-plugin-studio' });
  const first = await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/two.jsonl' });
  const request = { ...first, data_value: 'b.example', include_historical: true };
  const run = plugin.runs.read((await plugin.run('samples/two.jsonl', { request })).runId);
  expect(run.exchanges.map(({ request }) => request)).toMatchObject([
    { data_value: 'b.example', include_historical: true, request_id: first.request_id },
    { data_value: '192.0.2.1', data_type: 'ip', include_historical: true, source: 'me' },
  ]);
  await plugin.writeSample('broken.json', '{ "data_value": ');
  await expect(plugin.run('samples/broken.json')).rejects.toMatchObject({ code: 'runs/bad-sample' });
});

test('a plugin says what it supports, by field of the request', async () => {
  const choices = async (type: Parameters<typeof openTypedPlugin>[0]) => {
    const plugin = await openTypedPlugin(type);
    return plugin.runs.listChoices(plugin.folder);
  };
  expect(await choices('enricher')).toEqual({
    data_type: ['ip', 'domain'],
    enrichment_types: ['threat_intel', 'reputation'],
  });
  expect(await choices('scanner')).toEqual({ scan_type: ['network', 'secrets'], scan_profile: ['default', 'deep'] });
  expect(await choices('notifier')).toEqual({ channels: ['slack', 'email'] });
  expect(await choices('connector')).toEqual({});
});

test('a scan is followed to its end: progress, what it does now, and what it has found so far', async () => {
  const plugin = await openTypedPlugin('scanner');
  await plugin.writeSample('targets.txt', '4');
  const seen: ScanResponse[] = [];
  const progress: unknown[] = [];
  plugin.runs.onDidChange.on((summary) => {
    if (summary.outcome !== 'running') return;
    progress.push(summary.progress);
    const { response } = plugin.runs.read(summary.runId);
    if (response !== undefined) seen.push(response as ScanResponse);
  });
  const summary = await plugin.run('samples/targets.txt');
  expect(progress).toContainEqual({ done: 50, total: 100, current: 'port 1', unit: 'percent' });
  expect(seen).toContainEqual(expect.objectContaining({ status: 'running', result: expect.anything() }));
  expect(summary).toMatchObject({ outcome: 'success', findingCount: 4, progress: { done: 100, total: 100 } });
  const run = plugin.runs.read(summary.runId);
  expect(run.response).toMatchObject({ status: 'completed', result: { risk_score: 4 } });
  expect(run.findings).toHaveLength(4);
  expect(run.findings[3]).toMatchObject({
    change: 'first',
    result: {
      title: 'port 3',
      severity: 'low',
      location: { file: '127.0.0.1:3' },
      custom_fields: { host: '127.0.0.1' },
    },
  });
  expect(run.request).toMatchObject({ scan_type: 'network', scan_profile: 'default', target: '4' });
  expect(run.logs.map(({ message }) => message)).toEqual(['between calls']);
  expect(typesOf(plugin.events)).toEqual(expect.arrayContaining(['scan.started', 'custom.between', 'scan.completed']));
  // Its start, its end, one between the calls, and one each time that it was asked before it was done.
  expect(summary.eventCount).toBe(6);
});

test('a scan that is stopped is cancelled by cancel_scan, and the process lives on', async () => {
  const plugin = await openTypedPlugin('scanner');
  await plugin.writeSample('targets.txt', 'stay');
  const asked = plugin.event('custom.asked');
  const { runId } = await plugin.runs.start({ folder: plugin.folder, sampleId: 'samples/targets.txt' });
  await asked;
  const { pid } = plugin.instance.status();
  await plugin.runs.cancel(runId);
  const run = plugin.runs.read(runId);
  expect(run).toMatchObject({ outcome: 'cancelled', response: { status: 'cancelled' } });
  expect(run.logs.map(({ message }) => message)).toContain('cancelled');
  await plugin.writeSample('targets.txt', '1');
  expect((await plugin.run('samples/targets.txt')).outcome).toBe('success');
  expect(plugin.instance.status().pid).toBe(pid);
});

test.each(['deaf', 'frozen'])('a %s scanner that goes on after it was cancelled loses its process', async (target) => {
  const plugin = await openTypedPlugin('scanner');
  await plugin.writeSample('warm.txt', '1');
  await plugin.run('samples/warm.txt');
  const { instance } = plugin;
  const stop = new AbortController();
  const request = { request_id: 'r', scan_type: 'network' as const, target };
  const scan = performScan(
    request,
    { instance, bus: plugin.bus, runId: 'run', signal: stop.signal, interim: () => stop.abort() },
    50,
  );
  expect((await scan).outcome).toBe('cancelled');
  expect(instance.status().pid).toBeUndefined();
});

test('a scan that does not end in its time is cancelled', async () => {
  const plugin = await openTypedPlugin('scanner');
  await plugin.writeSample('targets.txt', 'stay');
  const run = plugin.runs.read((await plugin.run('samples/targets.txt', { timeoutSeconds: 0.3 })).runId);
  expect(run).toMatchObject({ outcome: 'timeout', error: { code: 'runs/scan-timeout' } });
  expect(run.logs.map(({ message }) => message)).toContain('cancelled');
});

test('a scan that fails, or answers nonsense, says so', async () => {
  const plugin = await openTypedPlugin('scanner');
  await plugin.writeSample('fail.txt', 'fail');
  await plugin.writeSample('bad.txt', 'bad');
  const failed = plugin.runs.read((await plugin.run('samples/fail.txt')).runId);
  expect(failed).toMatchObject({ outcome: 'plugin-error', error: { message: 'no route to host' } });
  const bad = plugin.runs.read((await plugin.run('samples/bad.txt')).runId);
  expect(bad).toMatchObject({ outcome: 'invalid-response', responseProblems: [expect.stringContaining('/status')] });
  expect(typesOf(plugin.events).filter((type) => type === 'scan.failed')).toHaveLength(2);
});

test('what the manifest says the plugin publishes is left to the plugin', async () => {
  const capabilities = { event_types: ['scan.started', 'scan.completed'] };
  const plugin = await openTypedPlugin('scanner', { capabilities });
  await plugin.writeSample('targets.txt', '1');
  await plugin.run('samples/targets.txt');
  expect(typesOf(plugin.events).filter((type) => type.startsWith('scan.'))).toEqual([]);
});

test('a text is the message of a notification; a channel that is not reached is a warning', async () => {
  const plugin = await openTypedPlugin('notifier');
  await plugin.writeSample('note.txt', 'three incidents are open, no slack\n');
  await plugin.writeSample('both.json', '{"message":"no slack","channels":["slack","email"]}');
  const failed = plugin.runs.read((await plugin.run('samples/note.txt')).runId);
  expect(failed).toMatchObject({
    request: { message: 'three incidents are open, no slack', channels: ['slack'], notification_type: 'alert' },
    outcome: 'plugin-error',
    findingCount: 1,
  });
  const partial = plugin.runs.read((await plugin.run('samples/both.json')).runId);
  expect(partial).toMatchObject({ outcome: 'success', warnings: ['slack was not reached: unreachable'] });
  expect(partial.exchanges[0]?.response).toMatchObject({ results: [{ success: false }, { success: true }] });
  const own = typesOf(plugin.events).filter((type) => type.startsWith('notification.'));
  expect(own).toEqual(['notification.failed', 'notification.sent']);
});

test('events are handed to a processor one by one, and what it publishes is told apart by event', async () => {
  const plugin = await openTypedPlugin('processor');
  const events = ['custom.in', 'custom.drop', 'custom.throw', 'custom.in'].map((event_type, at) => ({
    event_id: `e${at}`,
    event_type,
  }));
  await plugin.writeSample('events.json', JSON.stringify(events));
  const summary = await plugin.run('samples/events.json');
  const run = plugin.runs.read(summary.runId);
  const { handled, events: out } = run.response as EventResponse;
  expect(typesOf(out)).toEqual(['custom.one', 'custom.two', 'custom.one', 'custom.two']);
  expect(handled.map(({ event_id, published }) => [event_id, published.length])).toEqual([
    ['e0', 2],
    ['e1', 0],
    ['e2', 0],
    ['e3', 2],
  ]);
  expect(out.filter(({ event_id }) => handled[3]?.published.includes(event_id))).toMatchObject([
    { parent_event_id: 'e3' },
    { parent_event_id: 'e3' },
  ]);
  expect(handled[2]?.error_message).toContain('too much');
  expect(run).toMatchObject({ outcome: 'plugin-error', findingCount: 4, error: { code: 'plugins/plugin-error' } });
  expect(typesOf(plugin.events)).toEqual(expect.arrayContaining(['data.ingested', 'data.processed']));
});

test('an event that takes the processor too long ends the run with those before it', async () => {
  const plugin = await openTypedPlugin('processor');
  await plugin.writeSample(
    'events.jsonl',
    '{"event_type":"custom.in"}\n{"event_type":"custom.loop"}\n{"event_type":"custom.in"}',
  );
  const run = plugin.runs.read((await plugin.run('samples/events.jsonl', { timeoutSeconds: 1 })).runId);
  expect(run.outcome).toBe('timeout');
  expect((run.response as EventResponse).handled).toHaveLength(2);
});

test('events reach a connector, and a processor that wants it so, over the bus', async () => {
  const connector = await openTypedPlugin('connector');
  await connector.writeSample('event.json', '{"event_id":"e1","event_type":"security.alert_triggered"}');
  const exported = connector.runs.read((await connector.run('samples/event.json')).runId);
  expect((exported.request as EventRequest).delivery).toBe('bus');
  expect((exported.response as EventResponse).events).toMatchObject([
    { event_type: 'data.exported', data: { id: 'e1' } },
  ]);
  const processor = await openTypedPlugin('processor');
  await processor.writeSample('event.json', '{"event_type":"custom.over-the-bus"}');
  const request = await processor.runs.prepareRequest({ folder: processor.folder, sampleId: 'samples/event.json' });
  const heard = await processor.run('samples/event.json', { request: { ...request, delivery: 'bus' } });
  expect(typesOf((processor.runs.read(heard.runId).response as EventResponse).events)).toEqual(['custom.heard']);
});

test('a method of the contract is called by its wire name; what the plugin throws is in the answer', async () => {
  const plugin = await openTypedPlugin('scanner');
  const call = (method: string, ...args: unknown[]) => plugin.runs.callMethod({ folder: plugin.folder, method, args });
  expect(await call('get_scan_profiles')).toEqual({
    value: { default: { ports: 10 }, deep: { ports: 1000 } },
    durationMs: expect.any(Number),
  });
  expect(await call('cancel_scan', 'none')).toMatchObject({ value: false });
  const unknown = await call('get_scan_status', 'none');
  expect(unknown).toMatchObject({ error: { code: 'plugins/plugin-error' } });
  expect(unknown).not.toHaveProperty('value');
  await expect(call('shutdown')).rejects.toMatchObject({ code: 'runs/no-such-method' });
  await expect(call('analyze', {})).rejects.toMatchObject({ code: 'runs/no-such-method' });
});

test('a method is called in the process of the run that goes on', async () => {
  const plugin = await openTypedPlugin('scanner');
  await plugin.writeSample('targets.txt', 'stay');
  const asked = plugin.event('custom.asked');
  const { runId } = await plugin.runs.start({
    folder: plugin.folder,
    sampleId: 'samples/targets.txt',
    config: { a: 1 },
  });
  await asked;
  const status = await plugin.runs.callMethod({ folder: plugin.folder, method: 'get_scan_status', args: ['scan-1'] });
  expect(status).toMatchObject({ value: { status: 'running' } });
  await plugin.runs.cancel(runId);
});

test('what a scan request says of memory and processor are limits of its process, for as long as it is worked on', async () => {
  const plugin = await openTypedPlugin('scanner');
  const MEGABYTE = 1024 * 1024;
  const limited = { target: '1', scan_type: 'network', max_memory_mb: 96, max_cpu_percent: 60 };
  await plugin.writeSample('scan.json', JSON.stringify(limited));
  const run = plugin.runs.read((await plugin.run('samples/scan.json')).runId);
  expect(run).toMatchObject({
    outcome: 'success',
    limits: expect.arrayContaining([
      { kind: 'time', unit: 'ms', limit: 3_600_000, from: 'built-in' },
      { kind: 'heap', unit: 'bytes', limit: 96 * MEGABYTE, from: 'run' },
      { kind: 'cpu', unit: 'percent', limit: 60, from: 'run' },
    ]),
  });
  // Whichever is less, the request's or the run's.
  const both = await plugin.run('samples/scan.json', { limits: { memoryMb: 80, cpuPercent: 90 } });
  expect(plugin.runs.read(both.runId).limits).toEqual(
    expect.arrayContaining([
      { kind: 'heap', unit: 'bytes', limit: 80 * MEGABYTE, from: 'run' },
      { kind: 'cpu', unit: 'percent', limit: 60, from: 'run' },
    ]),
  );
  await plugin.writeSample('two.jsonl', `${JSON.stringify(limited)}\n{"target":"2","scan_type":"network"}`);
  const last = plugin.runs.read((await plugin.run('samples/two.jsonl')).runId);
  expect(last.limits).toContainEqual({ kind: 'heap', unit: 'bytes', limit: 512 * MEGABYTE, from: 'built-in' });

  await plugin.writeSample('much.json', JSON.stringify({ ...limited, max_memory_mb: 4096 }));
  await expect(plugin.run('samples/much.json')).rejects.toMatchObject({ code: 'limits/not-allowed' });
  await plugin.writeSample('little.json', JSON.stringify({ ...limited, max_memory_mb: 2 }));
  await expect(plugin.run('samples/little.json')).rejects.toMatchObject({ code: 'runs/invalid-request' });
});
