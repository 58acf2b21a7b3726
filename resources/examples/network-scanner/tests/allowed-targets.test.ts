/** What must never be scanned, is not: the configuration decides first, then what the person granted. */
import { createTestContext, describe, expect, type TestContextOptions, test } from 'mcp-plugin-sdk/testing';
import { NetworkScanner } from '../src/scanner';
import type { NetworkScannerConfig } from '../src/settings';

/** What a scan may be granted: a network on which nobody answers, unless the test grants none. */
const EMPTY_NETWORK: TestContextOptions = { network: { services: {} } };

async function start(config: NetworkScannerConfig, granted = EMPTY_NETWORK) {
  const context = createTestContext<NetworkScannerConfig>({ ...granted, config });
  const plugin = new NetworkScanner(context);
  await plugin.initialize();
  const scan = (target: string) =>
    plugin.startScan({ request_id: 'request-1', scan_type: 'network', target, options: { ports: [22] } });
  return { context, plugin, scan };
}

describe('a target', () => {
  test.each([
    ['192.0.2.1', 'an address of another network'],
    ['192.0.2.0/28', 'a range of another network'],
    ['10.20.4.1, 192.0.2.1', 'one of several'],
    ['10.20.4.0/23', 'a range that is larger than what is allowed'],
    ['build.corp.example', 'a name that nothing says anything of'],
  ])('%s is refused before anything is sent: %s', async (target) => {
    const { context, scan } = await start({ allowed_targets: ['10.20.4.0/24'], max_hosts: 1000 });
    expect(await scan(target)).toMatchObject({
      status: 'failed',
      error_message: expect.stringContaining('allowed_targets'),
    });
    expect(context.network.connections).toEqual([]);
    expect(context.eventBus.published).toEqual([]);
  });

  test.each(['10.20.4.1', '10.20.4.1:8443', 'build.corp.example'])('%s is scanned', async (target) => {
    const { scan } = await start({ allowed_targets: ['10.20.0.0/16', '*.corp.example'] });
    expect(await scan(target)).toMatchObject({ status: 'running' });
  });

  test('is allowed by a change of the configuration from the next scan on', async () => {
    const { plugin, scan } = await start({ allowed_targets: ['10.20.0.0/16'] });
    expect((await scan('192.0.2.1')).status).toBe('failed');
    await plugin.reloadConfig({ allowed_targets: ['192.0.2.1'] });
    expect((await scan('192.0.2.1')).status).toBe('running');
    expect((await scan('10.20.4.1')).status).toBe('failed');
  });

  test('that is nonsense in the configuration allows nothing, and is warned of', async () => {
    const { context, scan } = await start({ allowed_targets: ['10.20.0.0/16', 'not a host'] });
    expect(context.logger.messages('warning')).toEqual([expect.stringContaining('"not a host"')]);
    expect((await scan('not a host')).status).toBe('failed');
  });
});

test('a host that the person has not granted fails the scan with the reason, not with open or closed ports', async () => {
  const { context, plugin, scan } = await start({ allowed_targets: ['192.0.2.1'] }, {});
  const ended = new Promise<void>((resolve) => {
    void context.eventBus.subscribe('test', () => resolve(), { event_types: ['scan.failed'] });
  });
  const { scan_id } = await scan('192.0.2.1');
  await ended;
  expect(await plugin.getScanStatus(scan_id)).toMatchObject({
    status: 'failed',
    error_message: expect.stringContaining('not granted'),
    result: { statistics: { denied: 1, open_ports: 0, closed: 0 } },
  });
});
