/** The example processor: what it makes of events that are handed to it, and of those that it hears on the bus. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EventInput, EventInputSchema, type SecurityEvent, SecurityEventSchema } from '@shared/schemas';
import type { ProcessorPlugin } from '@shared/sdk';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { checkExampleFolder } from './example-folder.fixture';
import { startInSandbox } from './example-in-sandbox.fixture';
import { bundleExample, expectValid, folderOf } from './example-plugin.fixture';

const start = bundleExample<ProcessorPlugin>('incident-escalator', 'src/escalator.ts', 'IncidentEscalator');
const inputs = Compile(EventInputSchema);
const events = Compile(SecurityEventSchema);

let made = 0;
const NINE = Date.parse('2026-11-20T09:00:00.000Z');

/** A finding; `minute` is when, after nine o'clock. */
const finding = (
  minute: number,
  data: Record<string, unknown> = {},
  event: Partial<EventInput> = {},
): SecurityEvent => ({
  event_id: `event-${++made}`,
  event_type: 'security.vulnerability_detected',
  timestamp: new Date(NINE + minute * 60_000).toISOString(),
  source: 'scanner:1.0.0',
  priority: 'high',
  data: { title: 'Telnet is open', host: '10.0.0.1', port: 23, severity: 'high', ...data },
  ...event,
});

async function take(plugin: ProcessorPlugin, event: SecurityEvent): Promise<EventInput[]> {
  const out = (await plugin.process(event)) as EventInput[];
  for (const each of out) expectValid(inputs, each);
  return out;
}
const typesOf = (out: readonly EventInput[]) => out.map(({ event_type }) => event_type.replace('security.', ''));
const everyEvent = { update_interval_seconds: 0 };

checkExampleFolder('incident-escalator');

async function readSample(name: string): Promise<SecurityEvent[]> {
  const text = await readFile(join(folderOf('incident-escalator'), 'samples', name), 'utf8');
  if (name.endsWith('.jsonl'))
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return [JSON.parse(text)].flat();
}

describe('the samples', () => {
  test('are events, and lead to the incidents that their names promise', async () => {
    const outcome: Record<string, string[]> = {};
    for (const name of await readdir(join(folderOf('incident-escalator'), 'samples'))) {
      const { plugin } = await start();
      outcome[name] = [];
      for (const event of await readSample(name)) {
        expectValid(events, event);
        outcome[name].push(...typesOf(await take(plugin, event)));
      }
    }
    const repeated = 'incident_updated';
    expect(outcome).toEqual({
      'critical-finding.json': ['incident_created', 'alert_triggered'],
      'repeated-redis.jsonl': ['incident_created', repeated, repeated, repeated, repeated, 'alert_triggered'],
      'morning.json': [
        'incident_created',
        'incident_created',
        ...['incident_updated', 'alert_triggered'],
        'incident_created',
        ...['incident_created', 'alert_triggered'],
      ],
    });
  });
});

describe('an event', () => {
  test('of high severity opens an incident, one of critical severity raises an alert too', async () => {
    const { plugin } = await start();
    expect(typesOf(await take(plugin, finding(0)))).toEqual(['incident_created']);
    expect(typesOf(await take(plugin, finding(0, { port: 24, severity: 'critical' })))).toEqual([
      'incident_created',
      'alert_triggered',
    ]);
  });

  test('of lower severity is left alone, wherever the severity is said', async () => {
    const { plugin } = await start();
    expect(await take(plugin, finding(0, { severity: 'medium' }))).toEqual([]);
    expect(await take(plugin, finding(0, { severity: undefined }, { severity: 'low' }))).toEqual([]);
    expect(await take(plugin, finding(0, { severity: 'info' }))).toEqual([]);
    expect(await take(plugin, finding(0, { severity: undefined }, { priority: undefined }))).toEqual([]);
    expect(typesOf(await take(plugin, finding(0, { severity: undefined })))).toEqual(['incident_created']);
  });

  test('is linked to what it leads to', async () => {
    const { plugin } = await start({ config: everyEvent });
    const first = finding(0, {}, { correlation_id: 'run-7', tags: ['network-scan'] });
    const second = finding(1);
    const [created] = await take(plugin, first);
    const [updated] = await take(plugin, second);
    expect(created).toMatchObject({
      parent_event_id: first.event_id,
      correlation_id: 'run-7',
      related_events: [first.event_id],
      priority: 'high',
      tags: ['incident', 'network-scan'],
      data: { title: 'Telnet is open', occurrences: 1, finding: first.data },
    });
    expect(updated).toMatchObject({
      parent_event_id: second.event_id,
      correlation_id: 'run-7',
      related_events: [first.event_id, second.event_id],
      data: { incident_id: created!.data!.incident_id, occurrences: 2, change: 'repeated' },
    });
  });

  test('that is handed over twice counts once', async () => {
    const { plugin } = await start({ config: everyEvent });
    const event = finding(0);
    expect(await take(plugin, event)).toHaveLength(1);
    expect(await take(plugin, event)).toEqual([]);
  });

  test('of its own is never taken, whatever the configuration listens to', async () => {
    const { plugin } = await start({ config: { event_types: ['security.**'] } });
    const [created] = await take(plugin, finding(0));
    const own = { ...created!, event_id: 'own', timestamp: finding(0).timestamp, source: 'incident-escalator:1.0.0' };
    expect(await take(plugin, own)).toEqual([]);
  });

  test('from the future does not hold its incident open', async () => {
    const { plugin } = await start({ config: everyEvent });
    const [created] = await take(plugin, finding(0, {}, { timestamp: '2199-01-01T00:00:00.000Z' }));
    expect(Date.parse(String(created!.data!.last_seen))).toBeLessThanOrEqual(Date.now());
  });

  test('with paths that reach into the language is an event like others', async () => {
    const { plugin } = await start({
      config: { incident_keys: ['data.constructor', 'data.__proto__', 'data.toString'] },
    });
    const hostile = finding(0, JSON.parse('{"__proto__": {"severity": "low"}, "constructor": "x"}'));
    expect(typesOf(await take(plugin, hostile))).toEqual(['incident_created']);
    expect(({} as Record<string, unknown>).severity).toBeUndefined();
  });
});

describe('the window', () => {
  test('keeps repetitions in one incident, counted from the last of them, and tells them at most so often', async () => {
    const { plugin } = await start({
      config: { window_minutes: 10, update_interval_seconds: 300, escalate_after: 100 },
    });
    expect(typesOf(await take(plugin, finding(0)))).toEqual(['incident_created']);
    expect(await take(plugin, finding(4))).toEqual([]);
    const [updated] = await take(plugin, finding(9));
    expect(updated).toMatchObject({ event_type: 'security.incident_updated', data: { occurrences: 3 } });
    expect(typesOf(await take(plugin, finding(18)))).toEqual(['incident_updated']);
    const [again] = await take(plugin, finding(28));
    expect(again).toMatchObject({
      event_type: 'security.incident_created',
      data: { occurrences: 1, previous_incident_id: updated!.data!.incident_id },
    });
  });

  test('is one for each set of keys', async () => {
    const { plugin } = await start();
    const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
    for (const host of hosts) expect(typesOf(await take(plugin, finding(0, { host })))).toEqual(['incident_created']);
    const { plugin: byTitle } = await start({ config: { incident_keys: ['data.title'] } });
    const counts = [];
    for (const host of hosts) counts.push((await take(byTitle, finding(0, { host }))).length);
    expect(counts).toEqual([1, 0, 0]);
  });
});

describe('an escalation', () => {
  test('comes after so many events in the window, then at twice as many', async () => {
    const { plugin } = await start({ config: { escalate_after: 3, update_interval_seconds: 3600 } });
    const out = [];
    for (let minute = 0; minute < 8; minute++) out.push(await take(plugin, finding(minute)));
    const told = ['incident_updated', 'alert_triggered'];
    expect(out.map(typesOf)).toEqual([['incident_created'], [], told, [], [], told, [], []]);
    expect(out[2]![0]!.data).toMatchObject({ change: 'escalated', severity: 'critical', escalation_level: 1 });
    expect(out[2]![1]).toMatchObject({ priority: 'critical', data: { reason: '3 events came within 60 minutes.' } });
    expect(out[5]![1]!.data).toMatchObject({ escalation_level: 2, occurrences: 6 });
  });

  test('needs them within the window, not one after the other for days', async () => {
    const { plugin } = await start({ config: { escalate_after: 3, window_minutes: 10, ...everyEvent } });
    const out = [];
    for (let minute = 0; minute < 100; minute += 9) out.push(...(await take(plugin, finding(minute))));
    expect(out.length).toBe(12);
    expect(new Set(typesOf(out))).toEqual(new Set(['incident_created', 'incident_updated']));
    expect(out.every(({ data }) => data!.change !== 'escalated')).toBe(true);
  });

  test('also comes where the same is reported as worse', async () => {
    const { plugin } = await start();
    await take(plugin, finding(0));
    const [updated, alert] = await take(plugin, finding(1, { severity: 'critical' }));
    expect(updated!.data).toMatchObject({ change: 'severity_raised', severity: 'critical' });
    expect(alert).toMatchObject({ event_type: 'security.alert_triggered', event_name: 'CRITICAL: Telnet is open' });
    expect(await take(plugin, finding(1, { severity: 'high' }))).toEqual([]);
  });
});

describe('the memory', () => {
  test('holds no more incidents than the configuration says, and counts what had to go', async () => {
    const { plugin } = await start({ config: { max_incidents: 10 } });
    for (let port = 0; port < 25; port++) await take(plugin, finding(0, { port }));
    expect(await plugin.healthCheck()).toMatchObject({
      status: 'healthy',
      open_incidents: 10,
      events_taken: 25,
      forgotten: 15,
    });
    expect(typesOf(await take(plugin, finding(1, { port: 24 })))).toEqual(['incident_updated']);
    expect(typesOf(await take(plugin, finding(1, { port: 0 })))).toEqual(['incident_created']);
  });

  test('of an incident is bounded, however many events it has', async () => {
    const { plugin } = await start({ config: { ...everyEvent, escalate_after: 10_000 } });
    let out: EventInput[] = [];
    for (let count = 0; count < 500; count++) out = await take(plugin, finding(0));
    expect(out[0]!.data!.occurrences).toBe(500);
    expect(out[0]!.related_events).toHaveLength(20);
  });
});

describe('the subscription', () => {
  test('follows the configuration, and ends with the plugin', async () => {
    const { plugin, subscriptions } = await start();
    const filters = () => [...subscriptions.values()].map(({ filter }) => filter);
    expect(filters()).toEqual([
      {
        event_types: ['security.vulnerability_detected', 'security.threat_detected'],
        min_priority: 'high',
        exclude_sources: ['incident-escalator:1.0.0'],
      },
    ]);
    await plugin.reloadConfig({ event_types: ['scan.finding'], min_severity: 'critical' });
    expect(filters()).toMatchObject([{ event_types: ['scan.finding'], min_priority: 'critical' }]);
    await plugin.shutdown();
    expect(filters()).toEqual([]);
  });

  test('in the sandbox turns findings of other plugins into incidents on the bus', async () => {
    const { bus, event } = await startInSandbox('incident-escalator');
    const alerted = event('security.alert_triggered');
    for (const severity of ['low', 'high', 'critical'] as const) {
      const { data } = finding(0, { severity, title: `A ${severity} one` });
      await bus.publish({
        event_type: 'security.vulnerability_detected',
        source: 'scanner:1.0.0',
        priority: severity,
        data,
      });
    }
    expect(await alerted).toMatchObject({ source: 'incident-escalator:1.0.0', data: { title: 'A critical one' } });
    const heard = (await bus.history(100)).map(({ event_type, data }) => `${event_type} ${data?.title}`);
    expect(heard.filter((each) => each.startsWith('security.incident_created'))).toEqual([
      'security.incident_created A high one',
      'security.incident_created A critical one',
    ]);
  });
});
