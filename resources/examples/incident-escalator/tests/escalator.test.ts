/** What follows from an event, with the processor on a bus that it shares with whoever finds things. */
import type { EventInput, SecurityEvent } from 'mcp-plugin-sdk';
import { beforeEach, createTestRegistry, describe, expect, type TestRegistry, test } from 'mcp-plugin-sdk/testing';
import { IncidentEscalator } from '../src/escalator';
import type { IncidentEscalatorConfig } from '../src/settings';

const PLUGIN_ID = 'incident-escalator:1.0.0';
const NINE = Date.parse('2026-01-31T09:00:00Z');

let registry: TestRegistry;
beforeEach(() => {
  registry = createTestRegistry();
});

const load = (config: IncidentEscalatorConfig = {}) =>
  registry.load(IncidentEscalator, { plugin_id: PLUGIN_ID, config });

/** A scanner has found something; `minute` is when, after nine o'clock. */
const finding = (minute: number, severity: 'critical' | 'high' | 'low', data: Record<string, unknown> = {}) => ({
  event_type: 'security.vulnerability_detected',
  source: 'network-scanner:1.0.0',
  timestamp: new Date(NINE + minute * 60_000).toISOString(),
  priority: severity,
  data: { title: 'Telnet is open', host: '10.20.7.3', port: 23, severity, ...data },
});

/** @returns What the processor published of it. */
async function hear(event: EventInput): Promise<SecurityEvent[]> {
  const before = registry.eventBus.published.length;
  await registry.eventBus.send(event);
  await registry.eventBus.settled();
  return registry.eventBus.published.slice(before + 1);
}

const typesOf = (events: readonly SecurityEvent[]) => events.map(({ event_type }) => event_type);

describe('a finding', () => {
  test('of high severity opens an incident, which names it as its cause', async () => {
    await load();
    const [incident, ...others] = await hear({
      ...finding(0, 'high'),
      event_id: 'finding-1',
      correlation_id: 'scan-7',
    });
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      event_type: 'security.incident_created',
      source: PLUGIN_ID,
      parent_event_id: 'finding-1',
      correlation_id: 'scan-7',
      data: { title: 'Telnet is open', severity: 'high', occurrences: 1 },
    });
  });

  test('that is critical raises an alert too', async () => {
    await load();
    expect(typesOf(await hear(finding(0, 'critical')))).toEqual([
      'security.incident_created',
      'security.alert_triggered',
    ]);
  });

  test('of low severity does not even reach the plugin', async () => {
    await load();
    expect(await hear(finding(0, 'low'))).toEqual([]);
    expect(registry.eventBus.failures).toEqual([]);
  });

  test('of its own is never taken, whatever the configuration listens to', async () => {
    await load({ event_types: ['security.**'] });
    expect(typesOf(await hear(finding(0, 'high')))).toEqual(['security.incident_created']);
  });
});

describe('the same again', () => {
  test('belongs to the incident that is open, and is told at most once in a while', async () => {
    await load({ window_minutes: 10, update_interval_seconds: 300 });
    const [created] = await hear(finding(0, 'high'));
    expect(await hear(finding(4, 'high'))).toEqual([]);
    const [updated] = await hear(finding(9, 'high'));
    expect(updated).toMatchObject({
      event_type: 'security.incident_updated',
      correlation_id: created?.correlation_id,
      data: { incident_id: created?.data?.incident_id, occurrences: 3, change: 'repeated' },
    });
  });

  test('opens a new incident after the window, which names the one before', async () => {
    await load({ window_minutes: 10 });
    const [first] = await hear(finding(0, 'high'));
    const [second] = await hear(finding(11, 'high'));
    expect(second).toMatchObject({
      event_type: 'security.incident_created',
      data: { previous_incident_id: first?.data?.incident_id },
    });
  });

  test('is the same by the keys of the configuration', async () => {
    await load({ incident_keys: ['data.title'] });
    await hear(finding(0, 'high'));
    expect(typesOf(await hear(finding(0, 'high', { host: '10.20.7.4' })))).toEqual([]);
    expect(typesOf(await hear(finding(0, 'high', { title: 'VNC is open' })))).toEqual(['security.incident_created']);
  });

  test('is escalated where it piles up, and then only at twice as many', async () => {
    await load({ escalate_after: 3, update_interval_seconds: 3600 });
    const heard: string[][] = [];
    for (let minute = 0; minute < 7; minute++) heard.push(typesOf(await hear(finding(minute, 'high'))));
    const escalated = ['security.incident_updated', 'security.alert_triggered'];
    expect(heard).toEqual([['security.incident_created'], [], escalated, [], [], escalated, []]);
  });

  test('but worse raises the severity of the incident, and an alert', async () => {
    await load();
    await hear(finding(0, 'high'));
    const [updated, alert] = await hear(finding(1, 'critical'));
    expect(updated?.data).toMatchObject({ change: 'severity_raised', severity: 'critical' });
    expect(alert?.event_name).toBe('CRITICAL: Telnet is open');
  });

  test('handed over by the bus and by process() counts once', async () => {
    const plugin = await load({ update_interval_seconds: 0 });
    const event = { ...finding(0, 'high'), event_id: 'finding-1' };
    await hear(event);
    expect(await plugin.process(event)).toEqual([]);
    expect(await plugin.healthCheck()).toMatchObject({ events_taken: 1, open_incidents: 1 });
  });
});

describe('the subscription', () => {
  test('follows a change of the configuration, and incidents stay open', async () => {
    const plugin = await load({ update_interval_seconds: 0 });
    await hear(finding(0, 'high'));
    await plugin.reloadConfig({ min_severity: 'critical' });
    expect(await hear(finding(1, 'high', { port: 24 }))).toEqual([]);
    expect(typesOf(await hear(finding(2, 'critical')))[0]).toBe('security.incident_updated');
  });

  test('misses nothing while the configuration changes', async () => {
    const plugin = await load();
    let isChanging = true;
    const changed = plugin.reloadConfig({ update_interval_seconds: 0 }).finally(() => {
      isChanging = false;
    });
    let sent = 0;
    while (isChanging) {
      sent += 1;
      await registry.eventBus.send(finding(0, 'high', { port: sent }));
    }
    await changed;
    await registry.eventBus.settled();
    expect(await plugin.healthCheck()).toMatchObject({ events_taken: sent });
  });

  test('ends with the plugin', async () => {
    await load();
    await registry.unload(PLUGIN_ID);
    expect(await hear(finding(0, 'critical'))).toEqual([]);
  });
});

test('no more incidents are remembered than the configuration says, and what had to go is counted', async () => {
  const plugin = await load({ max_incidents: 10 });
  for (let port = 1; port <= 25; port++) await hear(finding(0, 'high', { port }));
  expect(await plugin.healthCheck()).toMatchObject({ open_incidents: 10, events_taken: 25, forgotten: 15 });
});
