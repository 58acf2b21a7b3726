/** Answers out of a feed in the plugin's folder, which in a test is a text. */
import type { EnrichmentRequest } from 'mcp-plugin-sdk';
import { createTestContext, describe, expect, test } from 'mcp-plugin-sdk/testing';
import { ThreatIntel } from '../src/enricher';
import type { ThreatIntelConfig } from '../src/settings';

const CSV = `indicator,type,confidence,threat_score,categories,valid_until
203.0.113.0/24,ip,90,9,command-and-control,
login-verify.example,domain,95,9.5,phishing|credential-theft,
old-campaign.example,domain,85,8,phishing,2020-06-01T00:00:00Z
odd.example,domain,30,3,scanning,
`;

const STIX = JSON.stringify({
  type: 'bundle',
  id: 'bundle--1',
  objects: [
    {
      type: 'indicator',
      spec_version: '2.1',
      id: 'indicator--1',
      name: 'Team server',
      pattern: "[ipv4-addr:value = '198.51.100.23'] OR [domain-name:value = 'cdn.example']",
      pattern_type: 'stix',
      valid_from: '2026-01-01T00:00:00Z',
      confidence: 90,
      labels: ['cobalt-strike'],
    },
    {
      type: 'indicator',
      id: 'indicator--2',
      pattern: "[domain-name:value = 'both.example' AND url:value = 'http://both.example/']",
      pattern_type: 'stix',
    },
  ],
});

async function start(feed: string, config: ThreatIntelConfig = {}) {
  const context = createTestContext<ThreatIntelConfig>({
    plugin_id: 'threat-intel:1.0.0',
    config: { feed_file: 'feeds/own', ...config },
    files: { 'feeds/own': feed },
  });
  const plugin = new ThreatIntel(context);
  await plugin.initialize();
  const ask = (data_type: string, data_value: string, request: Partial<EnrichmentRequest> = {}) =>
    plugin.enrich({ request_id: 'request-1', data_type, data_value, ...request });
  return { context, plugin, ask };
}

describe('an indicator', () => {
  test('that is listed has a verdict over all feeds, and what each of them knows', async () => {
    const { ask } = await start(CSV);
    const { status, summary, enrichments = [] } = await ask('domain', 'login-verify.example');
    expect([status, summary?.verdict]).toEqual(['success', 'malicious']);
    expect(enrichments.map(({ enrichment_type, source_name }) => [enrichment_type, source_name])).toEqual([
      ['reputation', 'feeds/own'],
      ['threat_intel', 'feeds/own'],
    ]);
    expect(enrichments[1]).toMatchObject({ confidence: 'high', threat_categories: ['phishing', 'credential-theft'] });
  });

  test.each([
    ['ip', '203.0.113[.]77', 'range'],
    ['domain', 'Mail.Login-Verify.example.', 'parent_domain'],
    ['url', 'hxxps://login-verify[.]example/reset', 'host'],
    ['email', 'billing[@]login-verify.example', 'mail_domain'],
  ])('of type %s is also found as %s, by its %s', async (type, value, kind) => {
    const { ask } = await start(CSV);
    const { enrichments = [] } = await ask(type, value, { enrichment_types: ['threat_intel'] });
    expect(enrichments).toMatchObject([{ enriched_data: { closest_match: kind } }]);
  });

  test('that no feed knows is a success without enrichments', async () => {
    const { ask } = await start(CSV);
    expect(await ask('ip', '192.0.2.1')).toMatchObject({
      status: 'success',
      enrichments: [],
      sources_queried: 1,
      summary: { found: false, verdict: 'unknown' },
    });
  });

  test('that has expired is left out, unless history was asked for', async () => {
    const { ask } = await start(CSV);
    expect((await ask('domain', 'old-campaign.example')).summary?.found).toBe(false);
    const past = await ask('domain', 'old-campaign.example', { include_historical: true });
    expect(past.summary?.found).toBe(true);
  });

  test('that is none is an error that says so', async () => {
    const { ask } = await start(CSV);
    expect(await ask('ip', '203.0.113.256')).toMatchObject({
      status: 'error',
      error_message: '"203.0.113.256" is no ip.',
    });
  });
});

describe('the feed', () => {
  test('may be a STIX 2.1 bundle, of whose patterns only what proves something alone is taken', async () => {
    const { ask } = await start(STIX);
    const { enrichments = [], warnings } = await ask('ip', '198.51.100.23', { enrichment_types: ['threat_intel'] });
    expect(enrichments).toMatchObject([{ confidence: 'high', tags: ['cobalt-strike'] }]);
    expect((await ask('domain', 'cdn.example')).summary?.found).toBe(true);
    expect((await ask('domain', 'both.example')).summary?.found).toBe(false);
    expect(warnings).toEqual(['feeds/own: 1 entry is not understood.']);
  });

  test('is read again where it was changed, and answers of the old one are not given again', async () => {
    const { context, ask } = await start('evil.example\n');
    expect(await ask('domain', 'evil.example')).toMatchObject({ cache_hits: 0, summary: { found: true } });
    expect(await ask('domain', 'evil.example')).toMatchObject({ cache_hits: 1, summary: { found: true } });
    await context.files.write('feeds/own', 'another.example\n');
    expect(await ask('domain', 'evil.example')).toMatchObject({ cache_hits: 0, summary: { found: false } });
  });

  test('that is not there is an error that says what to do', async () => {
    const { ask } = await start(CSV, { feed_file: 'feeds/none.csv' });
    expect(await ask('ip', '203.0.113.1')).toMatchObject({
      status: 'error',
      error_message: 'There is no feed feeds/none.csv. Correct feed_file, or empty it.',
    });
  });

  test('cannot be read without the permission, which is said', async () => {
    const plugin = new ThreatIntel(createTestContext<ThreatIntelConfig>());
    await plugin.initialize();
    const answer = await plugin.enrich({ request_id: 'request-1', data_type: 'ip', data_value: '203.0.113.1' });
    expect(answer.status).toBe('error');
    expect(answer.error_message).toContain('file_system_access');
  });
});

describe('a threat', () => {
  test('is published from the configured score up, also after a change while it runs', async () => {
    const { context, plugin, ask } = await start(CSV);
    await ask('domain', 'odd.example');
    await ask('domain', 'login-verify.example');
    expect(context.eventBus.published).toMatchObject([
      { event_type: 'security.threat_detected', severity: 'critical', data: { indicator: 'login-verify.example' } },
    ]);
    await plugin.reloadConfig({ publish_threats_from: 1 });
    await ask('domain', 'odd.example');
    expect(context.eventBus.published.at(-1)).toMatchObject({ data: { indicator: 'odd.example' } });
  });
});
