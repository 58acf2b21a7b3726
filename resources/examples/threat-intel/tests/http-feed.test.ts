/** A feed that is fetched: how often, with which key, and what happens while its server is away. Time is the test's own. */
import { createTestContext, describe, expect, fakeClock, type TestAnswer, test } from 'mcp-plugin-sdk/testing';
import { ThreatIntel } from '../src/enricher';
import type { ThreatIntelConfig } from '../src/settings';

const URL = 'https://feeds.example/v1/indicators?tenant=7';
const MINUTE = 60_000;

/** The server answers what `answer` is at the time. */
async function start(config: ThreatIntelConfig = {}) {
  const clock = fakeClock('2026-01-31T12:00:00Z');
  const server: { answer: TestAnswer } = { answer: { headers: { ETag: '"1"' }, body: 'evil.example\n' } };
  const context = createTestContext<ThreatIntelConfig>({
    config: { feed_file: '', feed_url: URL, ...config },
    network: () => server.answer,
  });
  const plugin = new ThreatIntel(context);
  await plugin.initialize();
  const ask = (data_value = 'evil.example') =>
    plugin.enrich({ request_id: 'request-1', data_type: 'domain', data_value });
  return { clock, server, plugin, ask, requests: context.network.requests };
}

describe('the feed', () => {
  test('is fetched once, however many ask, and again when its time is over', async () => {
    const { clock, ask, requests } = await start({ feed_ttl_minutes: 60 });
    await Promise.all([ask(), ask('a.example'), ask('b.example')]);
    await clock.tick(59 * MINUTE);
    await ask();
    expect(requests).toHaveLength(1);
    await clock.tick(2 * MINUTE);
    await ask();
    expect(requests).toHaveLength(2);
  });

  test('that has not changed is not sent again, and its answers stay', async () => {
    const { clock, server, ask, requests } = await start({ feed_ttl_minutes: 1, cache_ttl_minutes: 60 });
    await ask();
    server.answer = { status: 304 };
    await clock.tick(2 * MINUTE);
    expect(await ask()).toMatchObject({ cache_hits: 1, summary: { found: true }, warnings: [] });
    expect(requests[1]?.headers['if-none-match']).toBe('"1"');
  });

  test.each([
    ['Authorization', 'Bearer k3y-of-the-feed'],
    ['X-Api-Key', 'k3y-of-the-feed'],
  ])('gets the key in the header %s', async (api_key_header, sent) => {
    const { ask, requests } = await start({ api_key: 'k3y-of-the-feed', api_key_header });
    await ask();
    expect(requests[0]?.headers[api_key_header.toLowerCase()]).toBe(sent);
  });
});

describe('while the server is away', () => {
  test('the last feed is used for a while, with a warning, then no more', async () => {
    const { clock, server, ask } = await start({ feed_ttl_minutes: 60, stale_limit_hours: 2 });
    await ask();
    server.answer = { status: 503 };
    await clock.tick(90 * MINUTE);
    const stale = await ask();
    expect(stale).toMatchObject({ status: 'success', summary: { found: true } });
    expect(stale.warnings).toEqual([expect.stringContaining('could not be refreshed: it answered 503')]);
    await clock.tick(60 * MINUTE);
    expect(await ask()).toMatchObject({
      status: 'error',
      error_message: 'The feed feeds.example cannot be used: it answered 503.',
    });
  });

  test('it is left alone for half a minute after a failure, and forgiven when it is back', async () => {
    const { clock, server, ask, requests } = await start();
    server.answer = { status: 500 };
    await ask();
    await clock.tick(10_000);
    await ask();
    expect(requests).toHaveLength(1);
    server.answer = 'evil.example\n';
    await clock.tick(30_000);
    expect(await ask()).toMatchObject({ status: 'success', summary: { found: true }, warnings: [] });
  });

  test('the other feed answers alone, and the answer is partial', async () => {
    const context = createTestContext<ThreatIntelConfig>({
      config: { feed_file: 'feed.csv', feed_url: URL },
      files: { 'feed.csv': 'evil.example\n' },
      network: () => ({ status: 401 }),
    });
    const plugin = new ThreatIntel(context);
    await plugin.initialize();
    const answer = await plugin.enrich({ request_id: 'r', data_type: 'domain', data_value: 'evil.example' });
    expect(answer).toMatchObject({ status: 'partial', sources_queried: 1, summary: { found: true } });
    expect(answer.warnings).toEqual([expect.stringContaining('check api_key and api_key_header')]);
    expect(JSON.stringify(answer)).not.toContain('tenant=7');
  });
});

test('answers are kept for as long as the configuration says', async () => {
  const { clock, plugin, ask } = await start({ cache_ttl_minutes: 15 });
  expect((await ask()).cache_hits).toBe(0);
  expect((await ask()).cache_hits).toBe(1);
  await clock.tick(16 * MINUTE);
  expect((await ask()).cache_hits).toBe(0);
  await plugin.reloadConfig({ cache_ttl_minutes: 0 });
  await ask();
  expect((await ask()).cache_hits).toBe(0);
});
