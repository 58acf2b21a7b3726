/** The example enricher on feeds in files and on feed servers of the test's own, which change, fail and come back. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EnrichmentRequest,
  EnrichmentRequestSchema,
  EnrichmentResponseSchema,
  EventInputSchema,
} from '@shared/schemas';
import type { EnricherPlugin } from '@shared/sdk';
import { Compile } from 'typebox/compile';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkExampleFolder } from './example-folder.fixture';
import { startInSandbox } from './example-in-sandbox.fixture';
import { bundleExample, expectValid, folderOf, type StartedPlugin } from './example-plugin.fixture';

const start = bundleExample<EnricherPlugin>('threat-intel', 'src/enricher.ts', 'ThreatIntel');
const requests = Compile(EnrichmentRequestSchema);
const responses = Compile(EnrichmentResponseSchema);
const events = Compile(EventInputSchema);

const ago = (days: number) => new Date(Date.now() - days * 24 * 3_600_000).toISOString();

/** The plugin with one feed file of its own; returns how to change it, too. */
async function withFeed(text: string, config: Record<string, unknown> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'threat-intel-feed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = (next: string) => writeFile(join(folder, 'feed'), next);
  await write(text);
  const started = await start({ config: { feed_file: 'feed', ...config }, workingDirectory: folder });
  return { ...started, write };
}

async function ask(
  { plugin }: Pick<StartedPlugin<EnricherPlugin>, 'plugin'>,
  data_type: string,
  data_value: string,
  request: Partial<EnrichmentRequest> = {},
) {
  const whole = { request_id: 'request-1', data_type, data_value, ...request };
  expectValid(requests, whole);
  const response = await plugin.enrich(whole);
  expectValid(responses, response);
  return response;
}

const isKnown = async (started: Pick<StartedPlugin<EnricherPlugin>, 'plugin'>, type: string, value: string) =>
  (await ask(started, type, value)).summary?.found;

interface Match {
  indicator: string;
  match: string;
  threat_score: number;
}
type Response = Awaited<ReturnType<typeof ask>>;
const matchesOf = ({ enrichments = [] }: Response) =>
  enrichments
    .filter(({ enrichment_type }) => enrichment_type === 'threat_intel')
    .flatMap(({ enriched_data }) => enriched_data!.matches as Match[]);

checkExampleFolder('threat-intel');

describe('the samples', () => {
  test('are requests or texts of indicators, and the feed of the example knows most of them', async () => {
    const started = await start();
    const folder = join(folderOf('threat-intel'), 'samples');
    const found: Record<string, unknown> = {};
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      if (name.endsWith('.json')) {
        const request = JSON.parse(text);
        found[name] = (await ask(started, request.data_type, request.data_value, request)).summary?.found;
        continue;
      }
      for (const line of text.trim().split('\n')) {
        const types = started.plugin.getSupportedDataTypes();
        const fitting = types.filter((type) =>
          started.plugin.validateRequest({ request_id: 'r', data_type: type, data_value: line }),
        );
        found[line] = [fitting, (await ask(started, fitting[0]!, line)).summary?.found];
      }
    }
    expect(found).toEqual({
      'command-server.json': true,
      'phishing-subdomain.json': true,
      'expired-campaign.json': true,
      '203.0.113[.]77': [['ip'], true],
      '198.51.100.200': [['ip'], true],
      'hxxps://update-cdn[.]example/v2/setup.msi': [['url'], true],
      'mail.login-verify[.]example': [['domain'], true],
      'billing[@]login-verify[.]example': [['email'], true],
      '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f': [['hash'], true],
      '192.0.2.1': [['ip'], false],
    });
  });
});

describe('an indicator', () => {
  test.for([
    ['ip', '::ffff:203.0.113.9', '203.0.113.9'],
    ['ip', '2001:DB8:0:0::0:1', '2001:db8::1'],
    ['domain', 'EVIL.example.', 'evil.example'],
    ['domain', 'evil[.]example', 'evil.example'],
    ['domain', 'münchen.example', 'xn--mnchen-3ya.example'],
    ['hash', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['url', 'hxxps://Evil[.]example:443/a?b=1#c', 'https://evil.example/a?b=1'],
    ['url', 'hxxp://user:word@evil(.)example/', 'http://evil.example/'],
    ['email', 'Sender[at]Evil[.]example', 'sender@evil.example'],
  ])('of type %s is found as %s where the feed says %s', async ([type, asked, listed]) => {
    const response = await ask(await withFeed(`${listed}\n`), type!, asked!);
    expect(response).toMatchObject({ status: 'success', summary: { indicator: listed, found: true } });
    expect(matchesOf(response)).toMatchObject([{ indicator: listed, match: 'exact' }]);
  });

  test.for([
    ['ip', '10.0.0.256'],
    ['ip', '010.0.0.1'],
    ['ip', '1::2::3'],
    ['ip', 'evil.example'],
    ['domain', 'localhost'],
    ['domain', '10.0.0.1'],
    ['domain', 'evil.example/path'],
    ['hash', 'd41d8cd9'],
    ['url', 'evil.example'],
    ['url', 'javascript:alert(1)'],
    ['email', 'nobody'],
    ['vulnerability', 'CVE-2026-0001'],
  ])('of type %s cannot be "%s", which is said', async ([type, value]) => {
    const started = await withFeed('evil.example');
    const response = await ask(started, type!, value!);
    expect(response.status).toBe('error');
    expect(response.error_message).toMatch(/is no |is not supported/);
    expect(started.plugin.validateRequest({ request_id: 'r', data_type: type!, data_value: value! })).toBe(false);
  });

  test('that no feed knows is a success without enrichments', async () => {
    expect(await ask(await withFeed('evil.example'), 'domain', 'good.example')).toMatchObject({
      status: 'success',
      enrichments: [],
      sources_queried: 1,
      summary: { found: false, verdict: 'unknown', threat_score: 0 },
    });
  });

  test('is found by the ranges that hold it, the closest first', async () => {
    const started = await withFeed('10.0.0.0/8\n10.1.0.0/16\n10.1.2.3\n2001:db8::/32\n0.0.0.0/1 # half of all\n');
    const found = async (address: string) => matchesOf(await ask(started, 'ip', address)).map((each) => each.indicator);
    expect(await found('10.1.2.3')).toEqual(['10.1.2.3', '10.1.0.0/16', '10.0.0.0/8', '0.0.0.0/1']);
    expect(await found('10.2.0.1')).toEqual(['10.0.0.0/8', '0.0.0.0/1']);
    expect(await found('200.1.1.1')).toEqual([]);
    expect(await found('2001:db8:ffff::1')).toEqual(['2001:db8::/32']);
    expect(await found('2001:db9::1')).toEqual([]);
  });

  test('is found by what is above it: domains, the host of a URL, the domain of a mailbox', async () => {
    const started = await withFeed('evil.example\n198.51.100.0/24\n');
    const kinds = async (type: string, value: string) =>
      matchesOf(await ask(started, type, value)).map(({ match }) => match);
    expect(await kinds('domain', 'a.b.evil.example')).toEqual(['parent_domain']);
    expect(await kinds('domain', 'notevil.example')).toEqual([]);
    expect(await kinds('url', 'https://evil.example/x')).toEqual(['host']);
    expect(await kinds('url', 'https://www.evil.example/x')).toEqual(['parent_domain']);
    expect(await kinds('url', 'http://198.51.100.7:8080/x')).toEqual(['host']);
    expect(await kinds('email', 'a@evil.example')).toEqual(['mail_domain']);
  });
});

describe('a feed', () => {
  test('as CSV may quote, comment, and name its columns as it likes', async () => {
    const started = await withFeed(
      `\uFEFF# a comment\r\nIOC,ioc_type,confidence,tags,comment,last_seen\r\n"evil.example",domain,high,"a,b","said ""so"", twice",2026-11-01 10:00:00\r\nnonsense here,,,,,\r\n198.51.100.1,ipv4-addr,30,,,\r\n`,
    );
    const response = await ask(started, 'domain', 'evil.example');
    const intel = response.enrichments!.find(({ enrichment_type }) => enrichment_type === 'threat_intel')!;
    expect(intel).toMatchObject({ confidence: 'high', tags: ['a', 'b'], data_timestamp: '2026-11-01T10:00:00.000Z' });
    expect(intel.enriched_data!.matches).toMatchObject([{ description: 'said "so", twice', confidence: 85 }]);
    expect(response.warnings).toEqual(['feed: 1 entry is not understood.']);
    expect(await isKnown(started, 'ip', '198.51.100.1')).toBe(true);
  });

  test('as JSON lines is read line by line, whatever is wrong with one of them', async () => {
    const lines = [
      {
        indicator: 'evil.example',
        type: 'domain',
        categories: ['phishing', 'phishing'],
        references: ['https://a.example/'],
      },
      { value: '203.0.113.0/24', confidence: 120 },
    ].map((line) => JSON.stringify(line));
    const started = await withFeed(
      [lines[0], '{"broken', '[]', '{"__proto__": {"indicator": "x.example"}}', lines[1]].join('\n'),
    );
    const response = await ask(started, 'domain', 'evil.example');
    expect(response.enrichments![0]).toMatchObject({
      threat_categories: ['phishing'],
      references: ['https://a.example/'],
    });
    expect(response.warnings).toEqual(['feed: 3 entries are not understood.']);
    expect(await isKnown(started, 'ip', '203.0.113.200')).toBe(true);
  });

  test('as a list may be a hosts file', async () => {
    const started = await withFeed(
      '; list\n0.0.0.0 ads.example\n127.0.0.1\ttracker.example # why\nhttp://evil.example/#x\n',
    );
    for (const name of ['ads.example', 'tracker.example']) expect(await isKnown(started, 'domain', name)).toBe(true);
    expect(await isKnown(started, 'ip', '127.0.0.1')).toBe(false);
    expect(await isKnown(started, 'url', 'http://evil.example/')).toBe(true);
  });

  test('as STIX 2.1 has the indicators of its patterns, with author, validity and labels', async () => {
    const started = await start({ config: { feed_file: 'feeds/stix-bundle.json' } });
    const found = async (type: string, value: string) => (await ask(started, type, value)).summary!.found;
    const server = await ask(started, 'ip', '203.0.113.77');
    const intel = server.enrichments!.find(({ enrichment_type }) => enrichment_type === 'threat_intel')!;
    expect(intel).toMatchObject({
      confidence: 'high',
      threat_categories: ['malicious-activity', 'command-and-control'],
      tags: ['cobalt-strike'],
      references: ['https://cert.example/advisories/2026-114'],
    });
    expect(intel.enriched_data!.matches).toMatchObject([{ reporter: 'CERT Example', confidence: 90 }]);
    expect(server.warnings).toEqual(['feeds/stix-bundle.json: 1 entry is not understood.']);
    expect(await found('domain', 'telemetry.update-cdn.example')).toBe(true);
    expect(await found('hash', 'EF537F25C895BFA782526529A9B63D97AA631564D5D789C2B765448C8635FB6C')).toBe(true);
    expect(await found('hash', 'd41d8cd98f00b204e9800998ecf8427e')).toBe(true);
    expect(await found('ip', '192.0.2.100')).toBe(true);
    // Half of what a pattern needs at once proves nothing.
    expect(await found('ip', '192.0.2.200')).toBe(false);
    expect(await found('domain', 'winter-sale.example')).toBe(false);
    const past = await ask(started, 'domain', 'winter-sale.example', { include_historical: true });
    expect(matchesOf(past)).toMatchObject([{ expired: true }]);
  });

  test.for([
    ["[url:value = 'http://evil.example/it\\'s']", "http://evil.example/it's"],
    ["([ipv6-addr:value='2001:db8::1'])", '2001:db8::1'],
    ["[email-addr:value = 'a@evil.example' OR domain-name:value IN ('x.example','y.example')]", 'y.example'],
  ])('reads the STIX pattern %s', async ([pattern, value]) => {
    const bundle = { type: 'bundle', objects: [{ type: 'indicator', pattern, valid_from: ago(1) }] };
    const started = await withFeed(JSON.stringify(bundle));
    const type = ['ip', 'url', 'domain'].find((each) =>
      started.plugin.validateRequest({ request_id: 'r', data_type: each, data_value: value! }),
    )!;
    expect(matchesOf(await ask(started, type, value!)).length).toBe(1);
  });

  test.for([
    "[domain-name:value != 'evil.example']",
    "[domain-name:value LIKE 'evil.example']",
    "[domain-name:value = 'evil.example' AND url:value = 'http://x.example/']",
    "[domain-name:value = 'evil.example'] FOLLOWEDBY [url:value = 'http://x.example/']",
    "[NOT domain-name:value = 'evil.example']",
    "[domain-name:value = 'evil.example",
    "[domain-name:value IN ('evil.example'",
    "= 'evil.example']",
  ])('takes nothing that the STIX pattern %s does not say', async (pattern) => {
    const objects = [
      { type: 'indicator', pattern },
      { type: 'indicator', pattern: "[domain-name:value = 'ok.example']" },
    ];
    const started = await withFeed(JSON.stringify({ type: 'bundle', objects }));
    expect(await isKnown(started, 'domain', 'ok.example')).toBe(true);
    const isOpen = pattern === "[domain-name:value = 'evil.example";
    expect(await isKnown(started, 'domain', 'evil.example')).toBe(isOpen);
  });

  test('that is longer than allowed is read as far, and said to be', async () => {
    const lines = Array.from({ length: 150 }, (_, index) => `host-${index}.example`);
    const started = await withFeed(lines.join('\n'), { max_indicators: 100 });
    expect(await isKnown(started, 'domain', 'host-99.example')).toBe(true);
    const response = await ask(started, 'domain', 'host-100.example');
    expect(response.summary?.found).toBe(false);
    expect(response.warnings).toEqual([expect.stringContaining('more than 100 indicators')]);
  });

  test('that is not there is an error that says what to do', async () => {
    const started = await start({ config: { feed_file: 'nowhere.csv' } });
    const response = await ask(started, 'domain', 'evil.example');
    expect(response).toMatchObject({ status: 'error', sources_queried: 0 });
    expect(response.error_message).toBe('There is no feed nowhere.csv. Correct feed_file, or empty it.');
  });
});

describe('a score', () => {
  const score = async (line: string, type = 'domain', value = 'evil.example') => {
    const header = 'indicator,confidence,threat_score,last_seen,valid_until';
    return (await ask(await withFeed(`${header}\n${line}`), type, value, { include_historical: true })).summary!
      .threat_score as number;
  };

  test('is less for what is older, less trusted, expired, or only near', async () => {
    const best = await score(`evil.example,100,9,${ago(0)},`);
    expect(best).toBeCloseTo(9, 0);
    const worse = [
      await score(`evil.example,100,9,${ago(60)},`),
      await score(`evil.example,40,9,${ago(0)},`),
      await score(`evil.example,100,6,${ago(0)},`),
      await score(`evil.example,100,9,${ago(0)},${ago(1)}`),
      await score(`evil.example,100,9,${ago(0)},`, 'domain', 'www.evil.example'),
      await score(`evil.example,100,9,${ago(0)},`, 'url', 'http://evil.example/'),
    ];
    for (const each of worse) expect(each).toBeLessThan(best - 1);
    expect(await score(`evil.example,100,9,${ago(60)},`)).toBeGreaterThan(
      await score(`evil.example,100,9,${ago(300)},`),
    );
    expect(await score(`evil.example,100,9,${ago(3000)},`)).toBeGreaterThan(0);
  });

  test('is more where several say so, and decides the verdict', async () => {
    const one = await ask(
      await withFeed('indicator,threat_score,confidence\nevil.example,6,100'),
      'domain',
      'evil.example',
    );
    const rows = 'indicator,threat_score,confidence\nevil.example,6,100\nevil.example,5,20';
    const two = await ask(await withFeed(rows), 'domain', 'evil.example');
    expect(one.summary).toMatchObject({ verdict: 'suspicious', threat_score: 6 });
    expect(two.summary).toMatchObject({ verdict: 'malicious' });
    expect(two.summary!.threat_score).toBeLessThan(10);
  });

  test('from the configured one up is published as a threat', async () => {
    const started = await withFeed(
      'indicator,threat_score,confidence,categories\nevil.example,9,100,phishing\nodd.example,3,100,',
    );
    await ask(started, 'domain', 'odd.example');
    expect(started.published).toEqual([]);
    await ask(started, 'domain', 'evil.example');
    expect(started.published).toMatchObject([
      {
        event_type: 'security.threat_detected',
        severity: 'critical',
        subcategory: 'phishing',
        data: { indicator: 'evil.example', threat_score: 9 },
      },
    ]);
    expectValid(events, started.published[0]);
  });
});

describe('a request', () => {
  test('gets the enrichment types that it asks for', async () => {
    const started = await withFeed('evil.example');
    const types = async (...enrichment_types: ('reputation' | 'threat_intel' | 'geolocation')[]) =>
      (await ask(started, 'domain', 'evil.example', { enrichment_types })).enrichments!.map(
        (each) => each.enrichment_type,
      );
    expect(await types()).toEqual(['reputation', 'threat_intel']);
    expect(await types('threat_intel')).toEqual(['threat_intel']);
    expect(await types('reputation', 'geolocation')).toEqual(['reputation']);
    expect(await types('geolocation')).toEqual([]);
  });

  test('can leave out what is too old', async () => {
    const started = await withFeed(`indicator,last_seen\nevil.example,${ago(20)}`);
    expect((await ask(started, 'domain', 'evil.example', { max_age_days: 10 })).summary!.found).toBe(false);
    expect((await ask(started, 'domain', 'evil.example', { max_age_days: 30 })).summary!.found).toBe(true);
  });
});

describe('the cache', () => {
  test('answers again without a look-up, until the feed changes', async () => {
    const started = await withFeed('evil.example');
    const hits = async () => (await ask(started, 'domain', 'EVIL.example')).cache_hits;
    expect([await hits(), await hits()]).toEqual([0, 1]);
    await started.write('evil.example\nmore.example');
    expect(await hits()).toBe(0);
    expect(await isKnown(started, 'domain', 'more.example')).toBe(true);
  });

  test('keeps what is unknown, too, and no more than the configuration says', async () => {
    const started = await withFeed('evil.example', { cache_size: 2 });
    const hits = async (name: string) => (await ask(started, 'domain', name)).cache_hits;
    for (const name of ['a.example', 'b.example', 'a.example', 'c.example']) await hits(name);
    expect([await hits('a.example'), await hits('c.example'), await hits('b.example')]).toEqual([1, 1, 0]);
  });

  test('keeps nothing where it is switched off', async () => {
    const started = await withFeed('evil.example', { cache_ttl_minutes: 0 });
    for (let time = 0; time < 2; time++) expect((await ask(started, 'domain', 'evil.example')).cache_hits).toBe(0);
  });
});

/** Serves a feed with an ETag, as long as it is told to. */
async function startFeedServer(text: string) {
  const received: { headers: IncomingHttpHeaders; status: number }[] = [];
  const served = { text, status: 200 };
  const server = createServer((request, response) => {
    const etag = `"${served.text.length}"`;
    const isSame = request.headers['if-none-match'] === etag;
    const status = served.status === 200 && isSame ? 304 : served.status;
    received.push({ headers: request.headers, status });
    response.writeHead(status, { etag }).end(status === 200 ? served.text : '');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed?token=q`, served, received };
}

describe('a feed over HTTP', () => {
  const onlyHttp = (feed_url: string, config = {}) => start({ config: { feed_file: '', feed_url, ...config } });

  test('is fetched once for many requests, and asked for changes when it is old', async () => {
    const server = await startFeedServer('evil.example');
    const fresh = await onlyHttp(server.url);
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask(fresh, 'domain', `a${index}.example`)));
    await ask(fresh, 'domain', 'evil.example');
    expect(server.received.map(({ status }) => status)).toEqual([200]);

    const old = await onlyHttp(server.url, { feed_ttl_minutes: 0 });
    expect(await isKnown(old, 'domain', 'evil.example')).toBe(true);
    const again = await ask(old, 'domain', 'evil.example');
    expect(again).toMatchObject({ summary: { found: true }, cache_hits: 1, warnings: [] });
    server.served.text = 'other.example';
    expect(await isKnown(old, 'domain', 'evil.example')).toBe(false);
    expect(server.received.map(({ status }) => status)).toEqual([200, 200, 304, 200]);
  });

  test('is asked for with the key, which is never told', async () => {
    const server = await startFeedServer('evil.example');
    const api_key = 'k3y-that-nobody-sees';
    const bearer = await onlyHttp(server.url, { api_key });
    const custom = await onlyHttp(server.url, { api_key, api_key_header: 'X-Api-Key' });
    const answers = [await ask(bearer, 'domain', 'evil.example'), await ask(custom, 'domain', 'evil.example')];
    expect(server.received[0]!.headers.authorization).toBe(`Bearer ${api_key}`);
    expect(server.received[1]!.headers).toMatchObject({ 'x-api-key': api_key });
    server.served.status = 401;
    const refused = await ask(await onlyHttp(server.url, { api_key }), 'domain', 'evil.example');
    expect(refused.error_message).toContain('it answered 401 (check api_key and api_key_header)');
    const said = JSON.stringify([answers, refused, bearer.logged, bearer.published]);
    expect(said).not.toContain(api_key);
    expect(said).not.toContain('token=q');
  });

  test('that fails is used as it was, with a warning, and the other feed is asked all the same', async () => {
    const server = await startFeedServer('evil.example');
    const started = await withFeed('local.example', { feed_url: server.url, feed_ttl_minutes: 0 });
    expect(await ask(started, 'domain', 'evil.example')).toMatchObject({ status: 'success', sources_queried: 2 });
    server.served.status = 500;
    const stale = await ask(started, 'domain', 'evil.example');
    expect(stale).toMatchObject({ status: 'success', summary: { found: true } });
    expect(stale.warnings).toEqual([expect.stringContaining('could not be refreshed: it answered 500')]);
    server.served.status = 200;
    expect((await ask(started, 'domain', 'evil.example')).warnings).toEqual([]);
  });

  test('that fails for longer than allowed is not used any more', async () => {
    const server = await startFeedServer('evil.example');
    const started = await withFeed('local.example', {
      feed_url: server.url,
      feed_ttl_minutes: 0,
      stale_limit_hours: 0,
    });
    await ask(started, 'domain', 'evil.example');
    server.served.status = 503;
    // The clock of a machine may stand still between two requests that are this close.
    await expect.poll(() => ask(started, 'domain', 'evil.example').then(({ status }) => status)).toBe('partial');
    const local = await ask(started, 'domain', 'local.example');
    expect(local).toMatchObject({ status: 'partial', summary: { found: true }, sources_queried: 1 });
  });

  test('that never came is left alone for a while, and its absence said', async () => {
    const server = await startFeedServer('evil.example');
    server.served.status = 502;
    const started = await onlyHttp(server.url);
    for (let time = 0; time < 3; time++) {
      const response = await ask(started, 'domain', 'evil.example');
      expect(response).toMatchObject({ status: 'error', sources_queried: 0 });
    }
    expect(server.received).toHaveLength(1);
    await started.plugin.reloadConfig({ feed_url: server.url });
    server.served.status = 200;
    expect(await isKnown(started, 'domain', 'evil.example')).toBe(true);
  });

  test('without the permission says which one is missing', async () => {
    const server = await startFeedServer('evil.example');
    const started = await onlyHttp(server.url);
    started.network.deny();
    expect((await ask(started, 'domain', 'evil.example')).error_message).toContain('network_access');
    expect(server.received).toEqual([]);
  });

  test('may be a STIX bundle', async () => {
    const server = await startFeedServer(
      await readFile(join(folderOf('threat-intel'), 'feeds/stix-bundle.json'), 'utf8'),
    );
    expect(await isKnown(await onlyHttp(server.url), 'ip', '203.0.113.77')).toBe(true);
  });
});

describe('in its sandbox', () => {
  test('the plugin reads its file, fetches its feed, and answers again without a look-up', async () => {
    const server = await startFeedServer('203.0.113.0/24\nonly-there.example');
    const { call, event } = await startInSandbox(
      'threat-intel',
      { feed_url: server.url, api_key: 'k3y' },
      { permissions: ['file_system_access'], hosts: ['127.0.0.1'] },
    );
    const threat = event('security.threat_detected');
    const known = { request_id: 'request-1', data_type: 'ip', data_value: '203.0.113[.]77' };
    const first = await call<Response>('enrich', known);
    expectValid(responses, first);
    expect(first).toMatchObject({ status: 'success', sources_queried: 2, cache_hits: 0, warnings: [] });
    expect(matchesOf(first).map(({ match }) => match)).toEqual(['exact', 'range']);
    expect((await threat).data).toMatchObject({ indicator: '203.0.113.77' });
    expect(await call<Response>('enrich', known)).toMatchObject({ cache_hits: 2 });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer k3y']);
  });

  test('without a grant it answers from the other feed, and says what is missing', async () => {
    const server = await startFeedServer('evil.example');
    const { call } = await startInSandbox(
      'threat-intel',
      { feed_url: server.url },
      { permissions: [], hosts: ['127.0.0.1'] },
    );
    const response = await call<Response>('enrich', {
      request_id: 'r',
      data_type: 'domain',
      data_value: 'evil.example',
    });
    expect(response).toMatchObject({ status: 'partial', summary: { found: true }, sources_queried: 1 });
    expect(response.warnings!.join()).toContain('file_system_access');
  });

  test('a long feed is read in the time that a request has', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => `host-${at}.example`);
    const server = await startFeedServer(lines.join('\n'));
    const { call } = await startInSandbox(
      'threat-intel',
      { feed_file: '', feed_url: server.url },
      { permissions: [], hosts: ['127.0.0.1'] },
    );
    const request = { request_id: 'r', data_type: 'domain', data_value: 'www.host-99999.example' };
    expect((await call<Response>('enrich', request)).summary).toMatchObject({ found: true });
  });
});
