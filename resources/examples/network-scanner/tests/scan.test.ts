/** What a scan finds and tells, on services that the test makes up. A scan goes on by itself: its event says when it is over. */
import type { ScanRequest, ScanResponse } from 'mcp-plugin-sdk';
import {
  createTestContext,
  describe,
  expect,
  fakeClock,
  spyOn,
  type TestContext,
  type TestServices,
  test,
} from 'mcp-plugin-sdk/testing';
import { NetworkScanner } from '../src/scanner';
import type { NetworkScannerConfig } from '../src/settings';

const HOST = '192.0.2.1';

/** Greets, as SSH does. */
const SSH = { greeting: 'SSH-2.0-OpenSSH_9.9p2 Debian-1\r\n' };

/** Answers strangers, which it should not. */
const REDIS = {
  answer: (said: string) =>
    said.startsWith('PING') ? '+PONG\r\n' : said.startsWith('INFO') ? '$27\r\nredis_version:7.0.11\r\n' : undefined,
};

const WEB = {
  answer: () => 'HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\n\r\n',
  hangsUp: true,
};

async function start(services: TestServices, config: NetworkScannerConfig = {}) {
  const context = createTestContext<NetworkScannerConfig>({
    plugin_id: 'network-scanner:1.0.0',
    config: { allowed_targets: ['192.0.2.0/24'], ...config },
    network: { services },
  });
  const plugin = new NetworkScanner(context);
  await plugin.initialize();
  return { context, plugin };
}

const ask = (target: string, request: Partial<ScanRequest> = {}): ScanRequest => ({
  request_id: 'request-1',
  scan_type: 'network',
  target,
  ...request,
});

/** Settles when a scan has ended, however it did. */
const endIn = ({ eventBus }: TestContext<NetworkScannerConfig>) =>
  new Promise<void>((resolve) => {
    void eventBus.subscribe('test', () => resolve(), { event_types: ['scan.completed', 'scan.failed'] });
  });

async function scan(services: TestServices, request: Partial<ScanRequest> = {}, config: NetworkScannerConfig = {}) {
  const { context, plugin } = await start(services, config);
  const ended = endIn(context);
  const { scan_id } = await plugin.startScan(ask(HOST, request));
  await ended;
  return { context, response: await plugin.getScanStatus(scan_id) };
}

const rulesIn = ({ result }: ScanResponse) => (result?.findings ?? []).map(({ port, rule_id }) => `${port} ${rule_id}`);

describe('a scan', () => {
  test('tells which service answers at each open port, and what is wrong there', async () => {
    const services = { [`${HOST}:22`]: SSH, [`${HOST}:80`]: WEB, [`${HOST}:6379`]: REDIS };
    const { response } = await scan(services, { scan_profile: 'quick' });
    expect(response).toMatchObject({ status: 'completed', progress: 100, result: { risk_level: 'critical' } });
    expect(response.result?.statistics?.services).toMatchObject([
      { port: 22, service: 'ssh', product: 'OpenSSH', version: '9.9p2' },
      { port: 80, service: 'http' },
      { port: 6379, service: 'redis', version: '7.0.11' },
    ]);
    expect(rulesIn(response)).toEqual(
      expect.arrayContaining(['22 open-port', '80 http-without-tls', '6379 redis-without-password']),
    );
    expect(response.result?.findings?.find(({ port }) => port === 22)).toMatchObject({
      severity: 'info',
      evidence: ['SSH-2.0-OpenSSH_9.9p2 Debian-1'],
    });
  });

  test('tries the ports that the request names, each once, and closes what it has opened', async () => {
    const { context, response } = await scan({ [`${HOST}:22`]: SSH }, { options: { ports: '20-23' } });
    expect(context.network.connections.map(({ port }) => port)).toEqual([20, 21, 22, 23]);
    expect(context.network.connections.filter(({ isOpen }) => isOpen)).toEqual([]);
    expect(response.result?.statistics).toMatchObject({ ports_planned: 4, open_ports: 1, closed: 3 });
  });

  test('publishes its start, what is worse than a hint, and its end', async () => {
    const { context } = await scan({ [`${HOST}:6379`]: REDIS }, { options: { ports: [6379] } });
    const published = context.eventBus.published.map(({ event_type, severity }) => [event_type, severity]);
    expect(published[0]).toEqual(['scan.started', undefined]);
    expect(published).toContainEqual(['security.vulnerability_detected', 'critical']);
    expect(published.at(-1)).toEqual(['scan.completed', undefined]);
  });

  test('carries the correlation of its first event on to the last', async () => {
    const { context, plugin } = await start({ [`${HOST}:6379`]: REDIS });
    // As the platform does for what is published within a call.
    const { publish } = context.eventBus;
    spyOn(context.eventBus, 'publish').mockImplementationOnce((event) =>
      publish({ ...event, correlation_id: 'run-7' }),
    );
    const ended = endIn(context);
    await plugin.startScan(ask(HOST, { options: { ports: [6379] } }));
    await ended;
    expect(new Set(context.eventBus.published.map(({ correlation_id }) => correlation_id))).toEqual(new Set(['run-7']));
  });
});

describe('a scan that goes on', () => {
  const services = { [`${HOST}:22`]: SSH, [`${HOST}:23`]: 'filtered' } as const;
  const config = { concurrency: 1, connect_timeout_ms: 2000 };
  const request = { options: { ports: '22-25' } };

  test('says how far it is, what it tries, and what it has found so far', async () => {
    const clock = fakeClock('2026-01-31T12:00:00Z');
    const { context, plugin } = await start(services, config);
    const ended = endIn(context);
    const { scan_id, status } = await plugin.startScan(ask(HOST, request));
    expect(status).toBe('running');
    await clock.tick(1000);
    const meanwhile = await plugin.getScanStatus(scan_id);
    expect(meanwhile).toMatchObject({
      status: 'running',
      progress: 25,
      current_activity: 'Trying 192.0.2.1:23, 1 of 4 done',
    });
    expect(rulesIn(meanwhile)).toEqual(['22 open-port']);
    await clock.tick(1000);
    await ended;
    expect((await plugin.getScanStatus(scan_id)).result?.statistics).toMatchObject({
      open_ports: 1,
      filtered: 1,
      closed: 2,
    });
  });

  test('ends at once where it is cancelled, and keeps what it has found', async () => {
    const clock = fakeClock('2026-01-31T12:00:00Z');
    const { context, plugin } = await start(services, config);
    const ended = endIn(context);
    const { scan_id } = await plugin.startScan(ask(HOST, request));
    await clock.tick(1000);
    expect(await plugin.cancelScan(scan_id)).toBe(true);
    await ended;
    const response = await plugin.getScanStatus(scan_id);
    expect(response).toMatchObject({ status: 'cancelled', progress: 25 });
    expect(rulesIn(response)).toEqual(['22 open-port']);
    expect(await plugin.cancelScan(scan_id)).toBe(false);
    expect(context.eventBus.published.at(-1)).toMatchObject({
      event_type: 'scan.failed',
      data: { status: 'cancelled' },
    });
  });

  test('has the time of its request, and no more', async () => {
    const clock = fakeClock('2026-01-31T12:00:00Z');
    const { context, plugin } = await start(services, config);
    const ended = endIn(context);
    const { scan_id } = await plugin.startScan(ask(HOST, { ...request, timeout: 1 }));
    await clock.tick(1000);
    await ended;
    expect(await plugin.getScanStatus(scan_id)).toMatchObject({
      status: 'timeout',
      error_message: expect.stringContaining('longer than 1 s'),
    });
  });
});

describe('the configuration', () => {
  test('decides from which severity on findings are told', async () => {
    const services = { [`${HOST}:22`]: SSH, [`${HOST}:6379`]: REDIS };
    const { response } = await scan(services, { options: { ports: '22,6379' } }, { severity_threshold: 'critical' });
    expect(rulesIn(response)).toEqual(['6379 redis-without-password']);
  });

  test('says which profile a scan has that names none, also after a change while it runs', async () => {
    const { plugin } = await start({});
    expect(plugin.getScanProfiles().default).toMatchObject({ same_as: 'quick', port_count: 20 });
    await plugin.reloadConfig({ default_profile: 'standard' });
    expect(plugin.getScanProfiles().default).toMatchObject({ same_as: 'standard' });
  });
});
