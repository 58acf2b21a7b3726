/** The example scanner against real servers on 127.0.0.1. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EventInputSchema,
  type ScanRequest,
  ScanRequestSchema,
  type ScanResponse,
  ScanResponseSchema,
} from '@shared/schemas';
import type { ScannerPlugin } from '@shared/sdk';
import { Compile } from 'typebox/compile';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkExampleFolder } from './example-folder.fixture';
import { startInSandbox } from './example-in-sandbox.fixture';
import { bundleExample, expectValid, folderOf, type StartedPlugin } from './example-plugin.fixture';
import {
  closedPort,
  mysqlGreeting,
  startHttp,
  startHttps,
  startMongodb,
  startRedis,
  startTalker,
  startTcp,
  startTls,
} from './network-scanner.services.fixture';

const start = bundleExample<ScannerPlugin>('network-scanner', 'src/scanner.ts', 'NetworkScanner');
const requests = Compile(ScanRequestSchema);
const responses = Compile(ScanResponseSchema);
const events = Compile(EventInputSchema);

/** Servers here answer at once, also on a machine that is busy; what says nothing is not waited for any longer. */
const QUICK = { banner_timeout_ms: 600 };

const ask = (request: Partial<ScanRequest>): ScanRequest => ({
  request_id: 'request-1',
  scan_type: 'network',
  target: '127.0.0.1',
  ...request,
});

type Scanner = Pick<StartedPlugin<ScannerPlugin>, 'plugin' | 'event' | 'published'>;

/** Scans to the end, which its event tells. */
async function scan(scanner: Scanner, request: Partial<ScanRequest>): Promise<ScanResponse> {
  const { scan_id, status } = await scanner.plugin.startScan(ask(request));
  expect(status).toBe('running');
  const response = await endOf(scanner, scan_id);
  expectValid(responses, response);
  return response;
}

async function endOf({ plugin, event }: Scanner, scan_id: string): Promise<ScanResponse> {
  await Promise.race([event('scan.completed'), event('scan.failed')]);
  return plugin.getScanStatus(scan_id);
}

async function scanPort(port: number, request: Partial<ScanRequest> = {}, config = {}) {
  const started = await start({ config: { ...QUICK, ...config } });
  const response = await scan(started, { target: `127.0.0.1:${port}`, scan_profile: 'deep', ...request });
  return { ...started, response, ...read(response) };
}

interface Read {
  findings: Record<string, unknown>[];
  rules: unknown[];
  service: Record<string, unknown>;
}
function read({ result }: ScanResponse): Read {
  const findings = result!.findings as Record<string, unknown>[];
  const rules = findings.map(({ rule_id }) => rule_id).filter((rule) => rule !== 'open-port');
  const [service = {}] = result!.statistics!.services as Record<string, unknown>[];
  return { findings, rules, service };
}

checkExampleFolder('network-scanner');

describe('the samples', () => {
  test('are requests or targets that may be scanned, and one that may not', async () => {
    const { plugin } = await start();
    const folder = join(folderOf('network-scanner'), 'samples');
    const valid: Record<string, boolean> = {};
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      const all = name.endsWith('.json')
        ? [JSON.parse(text)]
        : text
            .trim()
            .split('\n')
            .map((target) => ({ target }));
      for (const each of all) {
        expectValid(requests, ask(each));
        valid[name.endsWith('.json') ? name : each.target] = plugin.validateRequest(ask(each));
      }
    }
    expect(valid).toEqual({
      'database-only.json': true,
      'development-ports.json': true,
      'localhost-quick.json': true,
      'not-allowed.json': false,
      '127.0.0.1': true,
      localhost: true,
      '[::1]:22': true,
    });
  });
});

describe('a service', () => {
  test.for([
    ['SSH-2.0-OpenSSH_9.9p2 Debian-1\r\n', { service: 'ssh', product: 'OpenSSH', version: '9.9p2' }, []],
    ['SSH-2.0-OpenSSH_8.9p1 Ubuntu-3\r\n', { service: 'ssh', version: '8.9p1' }, ['outdated-product']],
    ['SSH-1.99-OpenSSH_3.9\r\n', { service: 'ssh' }, ['ssh-protocol-1', 'outdated-product']],
    ['220 (vsFTPd 2.3.4)\r\n', { service: 'ftp', product: 'vsFTPd', version: '2.3.4' }, ['outdated-product']],
    ['220 ProFTPD 1.3.8 Server ready.\r\n', { service: 'ftp', product: 'ProFTPD', version: '1.3.8' }, []],
    ['220 mx.example ESMTP Postfix\r\n', { service: 'smtp', product: 'Postfix' }, []],
    ['220 mx.example ESMTP Exim 4.91 Tue\r\n', { service: 'smtp', version: '4.91' }, ['outdated-product']],
    ['+OK Dovecot ready.\r\n', { service: 'pop3', product: 'Dovecot' }, []],
    ['* OK [CAPABILITY IMAP4rev1] ready\r\n', { service: 'imap' }, []],
    ['RFB 003.008\n', { service: 'vnc', version: '3.8' }, ['vnc-open']],
    [new Uint8Array([255, 253, 24, 255, 253, 32]), { service: 'telnet' }, ['telnet-open']],
    ['router-7 login: ', { service: 'telnet' }, ['telnet-open']],
    [mysqlGreeting('8.4.3'), { service: 'mysql', product: 'MySQL', version: '8.4.3' }, []],
    [mysqlGreeting('5.7.44-log'), { service: 'mysql', version: '5.7.44' }, ['outdated-product']],
    [mysqlGreeting('5.5.5-10.11.6-MariaDB'), { product: 'MariaDB', version: '10.11.6' }, []],
    ['HELLO 1.0 of nobody\r\n', { service: 'unknown' }, []],
  ] as const)('that says %j first is %j, with the issues %j', async ([greeting, expected, issues]) => {
    const { response, rules, findings } = await scanPort(await startTalker(greeting));
    expect(response.status).toBe('completed');
    expect(findings[0]).toMatchObject({ rule_id: 'open-port', severity: 'info', ...expected });
    expect(rules).toEqual(issues);
  });

  test('of mail or files is asked whether it encrypts', async () => {
    const smtp = (extensions: string) =>
      startTalker('220 mx.example ESMTP Postfix\r\n', [[/^EHLO/, `250-mx.example\r\n${extensions}250 SIZE 1000\r\n`]]);
    expect((await scanPort(await smtp('250-STARTTLS\r\n'))).rules).toEqual([]);
    expect((await scanPort(await smtp('250-PIPELINING\r\n'))).rules).toEqual(['no-starttls']);
    const ftp = (features: string) =>
      startTalker('220 FTP server ready\r\n', [[/^FEAT/, `211-Features:\r\n${features}211 End\r\n`]]);
    expect((await scanPort(await ftp(' AUTH TLS\r\n'))).rules).toEqual([]);
    expect((await scanPort(await ftp(' UTF8\r\n'))).findings[1]).toMatchObject({
      rule_id: 'no-starttls',
      title: 'FTP without encryption',
      severity: 'medium',
      cwe_ids: ['CWE-319'],
    });
    const imap = await startTalker('* OK ready\r\n', [
      [/CAPABILITY/, '* CAPABILITY IMAP4rev1 STARTTLS\r\na OK done\r\n'],
    ]);
    expect((await scanPort(imap)).rules).toEqual([]);
    const pop3 = await startTalker('+OK ready\r\n', [[/CAPA/, '+OK\r\nUIDL\r\n.\r\n']]);
    expect((await scanPort(pop3)).rules).toEqual(['no-starttls']);
  });

  test('of HTTP is known by its headers, and by what they give away', async () => {
    const heads: Record<string, string> = { server: 'Apache/2.4.49 (Unix)', 'x-powered-by': 'PHP/8.1.2' };
    const methods: string[] = [];
    const port = await startHttp((request, response) => {
      methods.push(request.method!);
      response.writeHead(200, heads).end();
    });
    const { service, rules, findings } = await scanPort(port);
    expect(service).toMatchObject({ service: 'http', product: 'Apache', version: '2.4.49' });
    expect(rules).toEqual(['http-without-tls', 'outdated-product', 'version-disclosed']);
    expect(findings[2]).toMatchObject({ severity: 'critical', cve_ids: ['CVE-2021-41773', 'CVE-2021-42013'] });
    expect(findings[3]!.evidence).toContain('Apache/2.4.49 (Unix)');
    expect(methods).toEqual(['HEAD']);
  });

  test('of HTTP is fine where it sends its visitors to HTTPS, and bad where it wants passwords', async () => {
    const redirect = await startHttp((_request, response) => {
      response.writeHead(301, { location: 'https://www.example/' }).end();
    });
    expect((await scanPort(redirect)).rules).toEqual([]);
    const basic = await startHttp((_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    });
    expect((await scanPort(basic)).rules).toEqual(['password-over-http']);
  });

  test('of HTTPS is known though its certificate is not, which is said', async () => {
    const { service, findings } = await scanPort(await startHttps((_request, response) => void response.end()));
    expect(service.service).toBe('tls');
    expect(findings[1]).toMatchObject({ rule_id: 'tls-certificate-not-trusted', severity: 'low' });
    expect(findings[1]!.evidence).toEqual([expect.stringContaining('SELF_SIGNED')]);
  });

  test.for([
    [1, 'TLS 1.0'],
    [2, 'TLS 1.1'],
  ] as const)('that chooses TLS with the number %i is told to be as old as %s', async ([version, name]) => {
    const { service, findings } = await scanPort(await startTls(version));
    expect(service.service).toBe('tls');
    expect(findings[1]).toMatchObject({ rule_id: 'tls-outdated-protocol', severity: 'medium' });
    expect(findings[1]!.title).toContain(name);
  });

  test.for([3, 'alert'] as const)('that answers TLS with %s is up to date', async (version) => {
    const { service, rules } = await scanPort(await startTls(version));
    expect([service.service, rules]).toEqual(['tls', []]);
  });

  test('of Redis is critical where it wants no password, on whatever port', async () => {
    const open = await scanPort(await startRedis({ version: '6.0.16' }));
    expect(open.service).toMatchObject({ service: 'redis', product: 'Redis', version: '6.0.16' });
    expect(open.rules).toEqual(['redis-without-password', 'outdated-product']);
    expect(open.response.result).toMatchObject({ risk_level: 'critical', summary: { by_severity: { critical: 1 } } });
    const closed = await scanPort(await startRedis({ password: true }));
    expect([closed.service.service, closed.rules]).toEqual(['redis', []]);
    // The quick profile asks for HTTP only; the answer to that gives it away.
    expect((await scanPort(await startRedis(), { scan_profile: 'quick' })).service.service).toBe('redis');
  });

  test('of MongoDB is critical where it lists its databases to strangers', async () => {
    const open = await scanPort(await startMongodb());
    expect([open.service.service, open.rules]).toEqual(['mongodb', ['mongodb-without-password']]);
    const closed = await scanPort(await startMongodb({ authentication: true }));
    expect([closed.service.service, closed.rules]).toEqual(['mongodb', []]);
  });

  test('of PostgreSQL is known by its answer of one letter', async () => {
    const port = await startTcp((socket) => {
      socket.on('data', (data) => {
        if (data.length === 8 && data.readInt32BE(4) === 80877103) socket.write('S');
        else socket.destroy();
      });
    });
    expect((await scanPort(port)).service).toMatchObject({ service: 'postgresql', product: 'PostgreSQL' });
  });

  test('that says nothing, hangs up or never ends is an open port all the same', async () => {
    const silent = await startTcp(() => undefined);
    const rude = await startTcp((socket) => void socket.destroy());
    const endless = await startTcp((socket) => {
      const timer = setInterval(() => socket.write('x'.repeat(10_000)), 5);
      socket.on('close', () => clearInterval(timer));
    });
    for (const port of [silent, rude, endless]) {
      const { response, service, findings } = await scanPort(port, {}, { banner_timeout_ms: 100 });
      expect(response.status).toBe('completed');
      expect(service.service).toBe('unknown');
      expect(JSON.stringify(findings).length).toBeLessThan(5000);
    }
  });

  test('can put nothing into a finding but readable text', async () => {
    const { findings } = await scanPort(await startTalker('SSH-2.0-\u001b[31mred\u0007_1 \u0000<b>\r\n'));
    const [banner] = findings[0]!.evidence as string[];
    expect(banner).toMatch(/^[ -~]+$/);
  });
});

describe('a target', () => {
  test.for([
    ['8.8.8.8', '8.8.8.8 must not be scanned'],
    ['127.0.0.2', 'must not be scanned'],
    ['127.0.0.0/30', 'must not be scanned'],
    ['127.0.0.1,192.0.2.7,192.0.2.8', '192.0.2.7 and 1 more must not be scanned'],
    ['localhost.evil.example', 'must not be scanned'],
    ['example.com', 'must not be scanned'],
    ['::ffff:8.8.8.8', '8.8.8.8 must not be scanned'],
    ['10.0.0.0/8', 'more than 256 hosts'],
    ['2001:db8::/64', 'more than 256 hosts'],
    ['127.0.0.1:70000', 'is no target'],
    ['http://127.0.0.1/', 'is no range'],
    ['127.0.0.1/33', 'is no range'],
    ['127.1', 'is no target'],
    ['0x7f000001', 'must not be scanned'],
    ['a b;c', 'is no target'],
    [' , ', 'The target is empty'],
  ] as const)('%s is refused before anything is tried, with "%s"', async ([target, reason]) => {
    const { plugin, network, published } = await start();
    const response = await plugin.startScan(ask({ target }));
    expectValid(responses, response);
    expect(response.status).toBe('failed');
    expect(response.error_message).toContain(reason);
    expect(await plugin.getScanStatus(response.scan_id)).toEqual(response);
    expect(plugin.validateRequest(ask({ target }))).toBe(false);
    expect([network.mostOpen(), published]).toEqual([0, []]);
  });

  test('may be an address in any spelling, a name, a range or several of them', async () => {
    const port = await startTalker('SSH-2.0-OpenSSH_9.9\r\n');
    const config = { ...QUICK, allowed_targets: ['127.0.0.0/29', 'LOCALHOST', '*.localhost', 'not a host!'] };
    const { plugin, logged } = await start({ config });
    expect(logged.join('\n')).toContain('"not a host!" in allowed_targets');
    for (const target of [`[::ffff:127.0.0.1]:${port}`, `LocalHost:${port}`, `127.0.0.1:${port}`]) {
      expect(plugin.validateRequest(ask({ target }))).toBe(true);
    }
    const started = await start({ config });
    const { result } = await scan(started, { target: `127.0.0.0/29 127.0.0.1`, options: { ports: [port] } });
    expect(result!.statistics).toMatchObject({ hosts: 6, ports_planned: 6, open_ports: 1, closed: 5 });
    expect(result!.findings![0]).toMatchObject({ host: '127.0.0.1', port, service: 'ssh' });
  });

  test('can be narrowed by the patterns of the request', async () => {
    const port = await closedPort();
    const config = { allowed_targets: ['127.0.0.0/24'] };
    const request = {
      target: '127.0.0.0/28',
      options: { ports: port },
      exclude_patterns: ['127.0.0.8/29', '127.0.0.1'],
    };
    const { result } = await scan(await start({ config }), request);
    expect(result!.statistics).toMatchObject({ hosts: 6 });
    const none = await (await start({ config })).plugin.startScan(ask({ ...request, include_patterns: ['192.0.2.1'] }));
    expect(none.error_message).toContain('leave no host');
  });

  test('that leads nowhere fails the scan after its first port, with the reason', async () => {
    const started = await start({ config: { allowed_targets: ['*.invalid'] } });
    const { status, error_message, result } = await scan(started, {
      target: 'nowhere.invalid',
      scan_profile: 'standard',
    });
    expect(status).toBe('failed');
    expect(error_message).toMatch(/^The name nowhere\.invalid leads to no address/);
    expect(result!.statistics!.unreachable).toBe(result!.statistics!.ports_planned);
  });
});

describe('the ports', () => {
  test('come from the profile, or from the request in any of the ways in which people write them', async () => {
    const { plugin } = await start();
    const profiles = plugin.getScanProfiles() as Record<string, { ports: number[]; port_count: number }>;
    expect(Object.keys(profiles)).toEqual(['default', 'quick', 'standard', 'deep']);
    expect(profiles.quick!.port_count).toBe(20);
    expect(profiles.standard!.port_count).toBeGreaterThanOrEqual(100);
    expect(profiles.deep!.port_count).toBeGreaterThan(1024);
    for (const port of profiles.quick!.ports) expect(profiles.standard!.ports).toContain(port);
    for (const port of profiles.standard!.ports) expect(profiles.deep!.ports).toContain(port);
    expect(profiles.default!.ports).toEqual(profiles.quick!.ports);

    const closed = await closedPort();
    for (const [ports, count] of [
      [`${closed}`, 1],
      [[closed, `${closed}-${closed}`], 1],
      [`1-3, ${closed}`, 4],
    ] as const) {
      const { result } = await scan(await start(), { options: { ports } });
      expect(result!.statistics!.ports_planned).toBe(count);
    }
  });

  test.for([['0'], ['65536'], ['80-20'], ['ssh'], ['1-2-3'], [','], [[]], [{}]] as const)(
    'cannot be %j',
    async ([ports]) => {
      const response = await (await start()).plugin.startScan(ask({ options: { ports } }));
      expect(response.status).toBe('failed');
      expect(response.error_message).toMatch(/is no port|No port is given/);
    },
  );

  test('that are closed are counted, and are no findings', async () => {
    const started = await start();
    const { result, progress, current_activity } = await scan(started, { options: { ports: [await closedPort()] } });
    expect(result).toMatchObject({
      findings: [],
      risk_score: 0,
      risk_level: 'none',
      summary: { findings: 0, open_ports: 0 },
    });
    expect(result!.statistics).toMatchObject({ closed: 1, ports_tried: 1 });
    expect([progress, current_activity]).toEqual([100, 'Completed']);
  });
});

describe('in its sandbox', () => {
  test('the plugin starts, offers its profiles and refuses what is not allowed', async () => {
    const { call } = await startInSandbox('network-scanner');
    expect(Object.keys(await call<object>('get_scan_profiles'))).toEqual(['default', 'quick', 'standard', 'deep']);
    const response = await call<ScanResponse>('start_scan', ask({ target: '192.0.2.1' }));
    expect(response).toMatchObject({ status: 'failed', error_message: expect.stringContaining('must not be scanned') });
  });

  test('it finds what there is, and publishes what is wrong with it', async () => {
    const ports = [
      await startRedis({ version: '7.4.6' }),
      await startTalker('SSH-2.0-OpenSSH_9.9\r\n'),
      await startHttp((_request, response) => void response.end()),
      await startTls(2),
      await startMongodb({ authentication: true }),
    ];
    const { call, event, bus } = await startInSandbox('network-scanner', QUICK, {
      permissions: [],
      hosts: ['127.0.0.1'],
    });
    const completed = event('scan.completed');
    const request = ask({ scan_profile: 'deep', options: { ports: [...ports, await closedPort()] } });
    const { scan_id } = await call<ScanResponse>('start_scan', request);
    await completed;
    const response = await call<ScanResponse>('get_scan_status', scan_id);
    expectValid(responses, response);
    const services = response.result!.statistics!.services as { port: number; service: string }[];
    const serviceOf = (port: number) => services.find((each) => each.port === port)?.service;
    expect(ports.map(serviceOf)).toEqual(['redis', 'ssh', 'http', 'tls', 'mongodb']);
    expect(read(response).rules.sort()).toEqual([
      'http-without-tls',
      'redis-without-password',
      'tls-outdated-protocol',
    ]);
    const types = bus.history(100).map(({ event_type }) => event_type);
    expect(types.filter((type) => type === 'security.vulnerability_detected')).toHaveLength(2);
  });

  test('it is cancelled while it waits for somebody who says nothing', async () => {
    const silent = await startTcp(() => undefined);
    const { call, event } = await startInSandbox(
      'network-scanner',
      { banner_timeout_ms: 60_000 },
      { permissions: [], hosts: ['127.0.0.1'] },
    );
    const { scan_id } = await call<ScanResponse>('start_scan', ask({ options: { ports: [silent] } }));
    const failed = event('scan.failed');
    expect(await call('cancel_scan', scan_id)).toBe(true);
    expect((await failed).data).toMatchObject({ scan_id, status: 'cancelled' });
    expect(await call('get_scan_status', scan_id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('a scan', () => {
  /** Ports that take a connection and say nothing until they are told to go on. */
  async function holdingPorts(count: number) {
    const waiting: (() => void)[] = [];
    let connected = () => {};
    const someone = new Promise<void>((resolve) => {
      connected = resolve;
    });
    const open = () =>
      startTcp((socket) => {
        waiting.push(() => socket.write('SSH-2.0-OpenSSH_9.9\r\n'));
        connected();
      });
    const ports = await Promise.all(Array.from({ length: count }, open));
    return { ports, someone, goOn: () => void waiting.splice(0).forEach((next) => void next()) };
  }

  test('returns at once, tells how far it is and what it has found, and goes on', async () => {
    const ssh = await startTalker('SSH-2.0-OpenSSH_8.9\r\n');
    const holding = await holdingPorts(1);
    const started = await start({ config: { banner_timeout_ms: 60_000, concurrency: 1 } });
    const { plugin } = started;
    const first = await plugin.startScan(ask({ options: { ports: [ssh, ...holding.ports] } }));
    expectValid(responses, first);
    expect(first).toMatchObject({ status: 'running', progress: 0, request_id: 'request-1', result: { findings: [] } });
    await holding.someone;
    const partial = await plugin.getScanStatus(first.scan_id);
    expectValid(responses, partial);
    expect(partial).toMatchObject({ status: 'running', progress: 50 });
    expect(partial.current_activity).toBe(`Trying 127.0.0.1:${holding.ports[0]}, 1 of 2 done`);
    expect(Date.parse(partial.estimated_completion!)).toBeGreaterThan(0);
    expect(partial.result).toMatchObject({ status: 'running', risk_level: 'high', summary: { open_ports: 1 } });
    expect(read(partial).rules).toEqual(['outdated-product']);
    holding.goOn();
    expect(await endOf(started, first.scan_id)).toMatchObject({ status: 'completed', progress: 100 });
  });

  test('that is cancelled is over at once, keeps what it has found, and leaves no connection', async () => {
    const { ports, someone } = await holdingPorts(3);
    const ssh = await startTalker('SSH-2.0-OpenSSH_8.9\r\n');
    const started = await start({ config: { banner_timeout_ms: 60_000, concurrency: 1 } });
    const { scan_id } = await started.plugin.startScan(ask({ options: { ports: [ssh, ...ports] } }));
    await someone;
    expect(await started.plugin.cancelScan(scan_id)).toBe(true);
    const response = await started.plugin.getScanStatus(scan_id);
    expectValid(responses, response);
    expect(response).toMatchObject({ status: 'cancelled', progress: 25, current_activity: 'Cancelled' });
    expect(read(response).rules).toEqual(['outdated-product']);
    expect(await started.plugin.cancelScan(scan_id)).toBe(false);
    const { data } = await started.event('scan.failed');
    expect(data).toMatchObject({ scan_id, status: 'cancelled', open_ports: 1 });
    await expect.poll(() => started.network.open.size).toBe(0);
    expect(await started.plugin.getScanStatus(scan_id)).toMatchObject({
      status: 'cancelled',
      result: { findings: { length: 2 } },
    });
  });

  test('that takes too long ends with that said', async () => {
    const { ports } = await holdingPorts(1);
    const started = await start({ config: { banner_timeout_ms: 60_000 } });
    const response = await scan(started, { options: { ports }, timeout: 0.05 });
    expect(response.status).toBe('timeout');
    expect(response.error_message).toContain('longer than 0.05 s');
    await expect.poll(() => started.network.open.size).toBe(0);
  });

  test('tries no more ports at once than the configuration says, with all other scans together', async () => {
    const { ports, goOn } = await holdingPorts(12);
    const { plugin, network, published } = await start({ config: { banner_timeout_ms: 60_000, concurrency: 3 } });
    for (const half of [ports.slice(0, 6), ports.slice(6)]) await plugin.startScan(ask({ options: { ports: half } }));
    const completed = () => published.filter(({ event_type }) => event_type === 'scan.completed').length;
    const pushing = setInterval(goOn, 5);
    onTestFinished(() => clearInterval(pushing));
    await expect.poll(completed, { timeout: 15_000 }).toBe(2);
    expect(network.mostOpen()).toBeLessThanOrEqual(3);
  });

  test('is refused while as many run as may', async () => {
    const { ports } = await holdingPorts(1);
    const { plugin } = await start({ config: { banner_timeout_ms: 60_000, max_scans: 1 } });
    const first = await plugin.startScan(ask({ options: { ports } }));
    const second = await plugin.startScan(ask({ options: { ports } }));
    expect(second.error_message).toContain('1 scans are running (max_scans)');
    await plugin.cancelScan(first.scan_id);
    await expect.poll(async () => (await plugin.startScan(ask({ options: { ports } }))).status).toBe('running');
  });

  test('without the permission fails, and says which one is missing', async () => {
    const started = await start();
    started.network.deny();
    const { status, error_message, result } = await scan(started, { scan_profile: 'quick' });
    expect(status).toBe('failed');
    expect(error_message).toContain('network_access is not granted');
    expect(result!.statistics).toMatchObject({ denied: 20, closed: 0 });
  });

  test('publishes its start, its end, and what is worse than a hint', async () => {
    const { published, response } = await scanPort(await startTalker('SSH-1.99-OpenSSH_3.9\r\n'));
    for (const event of published) expectValid(events, event);
    expect(published.map(({ event_type }) => event_type)).toEqual([
      'scan.started',
      'security.vulnerability_detected',
      'security.vulnerability_detected',
      'scan.completed',
    ]);
    expect(published[1]).toMatchObject({
      priority: 'high',
      labels: { scan_id: response.scan_id },
      data: { title: 'SSH allows protocol 1', host: '127.0.0.1', service: 'ssh' },
    });
    expect(published[3]!.data).toMatchObject({ status: 'completed', risk_level: 'high', open_ports: 1, findings: 3 });
    const quiet = await scanPort(await startTalker('SSH-1.99-OpenSSH_3.9\r\n'), {}, { publish_findings: false });
    expect(quiet.published.map(({ event_type }) => event_type)).toEqual(['scan.started', 'scan.completed']);
  });

  test('leaves out what is below the threshold', async () => {
    const port = await startTalker('SSH-1.99-OpenSSH_3.9\r\n');
    const { findings, service } = await scanPort(port, {}, { severity_threshold: 'high' });
    expect(findings.map(({ rule_id }) => rule_id)).toEqual(['ssh-protocol-1']);
    expect(service.service).toBe('ssh');
  });

  test('of another type, profile or id is not there, which is said', async () => {
    const { plugin } = await start();
    expect((await plugin.startScan(ask({ scan_type: 'malware' }))).error_message).toContain('not for malware');
    expect((await plugin.startScan(ask({ scan_profile: 'thorough' }))).error_message).toContain(
      'no profile "thorough"',
    );
    await expect(plugin.getScanStatus('nobody')).rejects.toThrow('There is no scan "nobody"');
    expect(await plugin.cancelScan('nobody')).toBe(false);
  });

  test('ends with the plugin', async () => {
    const { ports, someone } = await holdingPorts(1);
    const { plugin, network, published } = await start({ config: { banner_timeout_ms: 60_000 } });
    await plugin.startScan(ask({ options: { ports } }));
    await someone;
    await plugin.shutdown();
    expect(published.map(({ event_type }) => event_type)).toEqual(['scan.started', 'scan.failed']);
    await expect.poll(() => network.open.size).toBe(0);
  });
});
