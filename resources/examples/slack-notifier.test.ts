/** The example notifier against a webhook server of the test's own, which takes, refuses and delays as Slack does. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type NotificationRequest,
  NotificationRequestSchema,
  type NotificationResponse,
  NotificationResponseSchema,
} from '@shared/schemas';
import type { NotifierPlugin } from '@shared/sdk';
import { Compile } from 'typebox/compile';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkExampleFolder } from './example-folder.fixture';
import { startInSandbox } from './example-in-sandbox.fixture';
import { bundleExample, expectValid, folderOf } from './example-plugin.fixture';

const start = bundleExample<NotifierPlugin>('slack-notifier', 'src/notifier.ts', 'SlackNotifier');
const requests = Compile(NotificationRequestSchema);
const responses = Compile(NotificationResponseSchema);

type Answer = (response: ServerResponse) => void;

const accept: Answer = (response) => void response.end('ok');
const refuse =
  (status: number, body = '', headers = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);
const hangUp: Answer = (response) => void response.destroy();

/** Answers one request after the other as told, then takes all that come. */
async function startWebhook(...answers: Answer[]) {
  const received: { at: number; path: string; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push({ at: performance.now(), path: request.url ?? '', body: JSON.parse(text) });
    (answers.shift() ?? accept)(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/services/T0AAA/B0BBB/s3cr3tT0k3n`, received, close };
}

const alert = (request: Partial<NotificationRequest> = {}): NotificationRequest => ({
  request_id: 'request-1',
  notification_type: 'alert',
  title: 'A title',
  message: 'A message',
  channels: ['slack'],
  retry_delay: 0.01,
  ...request,
});

async function send(webhook_url: string, request: Partial<NotificationRequest> = {}, config = {}) {
  const started = await start({ config: { webhook_url, ...config } });
  const response = await started.plugin.sendNotification(alert(request));
  expectValid(responses, response);
  return { ...started, response, result: response.results![0]! };
}

interface Blocks {
  color: string;
  blocks: {
    type: string;
    text?: { type: string; text: string };
    fields?: { text: string }[];
    elements?: { text: string }[];
  }[];
}
const attachmentOf = (body: Record<string, unknown>) => (body.attachments as Blocks[])[0]!;
const textsOf = (body: Record<string, unknown>) =>
  attachmentOf(body).blocks.flatMap(({ text, fields = [], elements = [] }) =>
    [...(text ? [text] : []), ...fields, ...elements].map((each) => each.text),
  );

checkExampleFolder('slack-notifier');

describe('the samples', () => {
  test('are requests or texts, and each of them is delivered', async () => {
    const folder = join(folderOf('slack-notifier'), 'samples');
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8');
      const request = alert(name.endsWith('.json') ? JSON.parse(text) : { message: text });
      expectValid(requests, request);
      const webhook = await startWebhook();
      const { response } = await send(webhook.url, request);
      expect(response.status).toBe('success');
      expect(webhook.received).toHaveLength(1);
    }
  });
});

describe('a message', () => {
  test('has the colour of its priority, a header, the text, the details and where it came from', async () => {
    const webhook = await startWebhook();
    const { result } = await send(webhook.url, {
      priority: 'critical',
      details: { cvss_score: 9.8, hosts: ['a', 'b'], empty: '', nested: { a: 1 } },
      source: 'static-analyzer:1.0.0',
      incident_id: 'INC-1',
    });
    const { body } = webhook.received[0]!;
    expect(attachmentOf(body).color).toBe('#B3001B');
    expect(attachmentOf(body).blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'context']);
    expect(textsOf(body)).toEqual([
      'A title',
      'A message',
      '*cvss score*\n9.8',
      '*hosts*\na, b',
      '*nested*\n{"a":1}',
      'Alert · critical',
      'from static-analyzer:1.0.0',
      'incident INC-1',
    ]);
    expect(body).toMatchObject({ text: '[CRITICAL] A title', unfurl_links: false });
    expect(result.response_data).toMatchObject({ sent: body });
  });

  test('can mention nobody and disguise no link, whatever the notification says', async () => {
    const webhook = await startWebhook();
    const hostile = '<!channel> <@U012AB3CD> <https://phish.example|Sign in> & <';
    await send(webhook.url, { title: hostile, message: hostile, details: { [hostile]: hostile }, tags: [hostile] });
    const { body } = webhook.received[0]!;
    const [header, ...marked] = textsOf(body);
    expect(header).toBe(hostile);
    expect(attachmentOf(body).blocks[0]!.text!.type).toBe('plain_text');
    expect(marked).toHaveLength(4);
    for (const text of [...marked, body.text as string]) expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    expect(marked[0]).toBe('&lt;!channel&gt; &lt;@U012AB3CD&gt; &lt;https://phish.example|Sign in&gt; &amp; &lt;');
  });

  test('keeps every limit of Slack, and cuts no escaped character in two', async () => {
    const webhook = await startWebhook();
    await send(webhook.url, {
      title: `${'t'.repeat(148)}😀😀`,
      message: '&'.repeat(40_000),
      details: Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`key ${index}`, '<'.repeat(5000)])),
      tags: ['x'.repeat(1000)],
    });
    const { body } = webhook.received[0]!;
    const { blocks } = attachmentOf(body);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(blocks[0]!.text!.text).toHaveLength(149);
    expect(blocks[0]!.text!.text.endsWith('t…')).toBe(true);
    const sections = blocks.filter(({ text, type }) => type === 'section' && text !== undefined);
    expect(sections).toHaveLength(4);
    for (const { text } of sections) {
      expect(text!.text.length).toBeLessThanOrEqual(3000);
      expect(text!.text).toMatch(/^(&amp;)+…?$/);
    }
    const fields = blocks.flatMap((block) => block.fields ?? []);
    expect(fields).toHaveLength(10);
    for (const { text } of fields) expect(text.length).toBeLessThanOrEqual(2000);
    expect(textsOf(body)).toContain('and 4 more details');
  });

  test('of critical priority mentions whom the configuration says, and no other does', async () => {
    const webhook = await startWebhook();
    await send(webhook.url, { priority: 'critical' }, { mention: 'here' });
    await send(webhook.url, { priority: 'high' }, { mention: 'here' });
    const [critical, high] = webhook.received.map(({ body }) => textsOf(body));
    expect(critical).toContain('<!here>');
    expect(high).not.toContain('<!here>');
  });

  test('comes from a template where the notification names one, and says what nothing filled', async () => {
    const webhook = await startWebhook();
    const { response } = await send(
      webhook.url,
      { template: 'host-down', template_vars: { host: 'db-1', nested: [1, 2] } },
      { templates: { 'host-down': '{{host}} is down: {{ nested }} {{owner}}' } },
    );
    expect(textsOf(webhook.received[0]!.body)).toContain('db-1 is down: 1, 2 {{owner}}');
    expect(response.warnings).toEqual(['Nothing fills {{owner}} of the template "host-down".']);
  });
});

describe('a delivery', () => {
  test('that fails twice is made a third time, and says how often it was tried', async () => {
    const webhook = await startWebhook(refuse(500, 'rollup_error'), hangUp);
    const { response, result, published } = await send(webhook.url);
    expect(webhook.received).toHaveLength(3);
    expect(response).toMatchObject({
      status: 'success',
      total_channels: 1,
      successful_channels: 1,
      failed_channels: 0,
    });
    expect(result).toMatchObject({ success: true, status_code: 200, retry_count: 2, status_message: 'Delivered' });
    expect(published.map(({ event_type }) => event_type)).toEqual(['notification.sent']);
  });

  test('waits at least as long as Retry-After says', async () => {
    const webhook = await startWebhook(refuse(429, 'rate_limited', { 'retry-after': '1' }));
    const { result } = await send(webhook.url, { retry_delay: 0 });
    expect(result).toMatchObject({ success: true, retry_count: 1 });
    const [first, second] = webhook.received;
    expect(second!.at - first!.at).toBeGreaterThan(990);
  });

  test('waits longer each time where Slack says nothing', async () => {
    const webhook = await startWebhook(refuse(503), refuse(503), refuse(503));
    await send(webhook.url, { retry_delay: 0.06 });
    const waits = webhook.received.slice(1).map(({ at }, index) => at - webhook.received[index]!.at);
    // At the least half of 60, 120 and 240 ms; timers may be a millisecond early.
    for (const [index, least] of [28, 58, 118].entries()) expect(waits[index]).toBeGreaterThan(least);
  });

  test('is not made again where Slack asks to wait longer than is allowed, and says until when', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const webhook = await startWebhook(refuse(429, '', { 'retry-after': date }));
    const { result } = await send(webhook.url, {}, { give_up_after: 30 });
    expect(webhook.received).toHaveLength(1);
    expect(result).toMatchObject({ success: false, status_code: 429, retry_count: 0, will_retry: false });
    const [delivery] = result.response_data!.deliveries as { not_before: string }[];
    expect(Math.abs(Date.parse(delivery!.not_before) - Date.parse(date))).toBeLessThan(60_000);
    expect(result.status_message).toContain('give_up_after');
  });

  test('ends after max_retries of the request, else of the configuration', async () => {
    const broken = () => Array.from({ length: 9 }, () => refuse(502));
    const two = await startWebhook(...broken());
    expect((await send(two.url, { max_retries: 2 }, { max_retries: 5 })).result.retry_count).toBe(2);
    expect(two.received).toHaveLength(3);
    const one = await startWebhook(...broken());
    expect((await send(one.url, {}, { max_retries: 1 })).result.retry_count).toBe(1);
    const none = await startWebhook(...broken());
    const { response, published } = await send(none.url, { max_retries: 0 });
    expect(none.received).toHaveLength(1);
    expect(response).toMatchObject({ status: 'failed', error_message: 'Slack answered 502.' });
    expect(published.map(({ event_type }) => event_type)).toEqual(['notification.failed']);
  });

  test.for([
    [400, 'invalid_payload', 'Slack does not understand the message.'],
    [403, 'action_prohibited', 'An administrator does not let the webhook write there.'],
    [404, 'no_service', 'The webhook was removed or switched off.'],
    [410, 'channel_is_archived', 'The channel is archived.'],
  ] as const)(
    'that Slack refuses with %i %s fails at once, and says what it means',
    async ([status, body, meaning]) => {
      const webhook = await startWebhook(refuse(status, body));
      const { result } = await send(webhook.url);
      expect(webhook.received).toHaveLength(1);
      expect(result).toMatchObject({ success: false, status_code: status, retry_count: 0 });
      expect(result.status_message).toContain(meaning);
    },
  );

  test('without the permission fails at once, with the reason', async () => {
    const webhook = await startWebhook();
    const { plugin, network } = await start({ config: { webhook_url: webhook.url } });
    network.deny();
    const { results } = await plugin.sendNotification(alert());
    expect(results![0]).toMatchObject({ success: false, retry_count: 0 });
    expect(results![0]!.status_message).toContain('network_access');
  });

  test('to where nobody listens is tried again, and never tells the URL', async () => {
    const gone = await startWebhook();
    await gone.close();
    const { response, result, published, logged } = await send(gone.url, { max_retries: 1 });
    expect(result).toMatchObject({ success: false, retry_count: 1 });
    expect(result.status_message).toContain('ECONNREFUSED');
    for (const said of [response, published, logged]) {
      expect(JSON.stringify(said)).not.toContain('s3cr3tT0k3n');
    }
  });

  test('stops waiting when the plugin stops', async () => {
    const webhook = await startWebhook(refuse(429, '', { 'retry-after': '200' }));
    const { plugin } = await start({ config: { webhook_url: webhook.url } });
    const sending = plugin.sendNotification(alert());
    sending.catch(() => undefined);
    await expect.poll(() => webhook.received.length).toBe(1);
    const stopping = expect(sending).rejects.toThrow('was stopped');
    // The answer may still be on its way: a wait that begins later ends just as well.
    await plugin.shutdown();
    await stopping;
  });
});

describe('in its sandbox', () => {
  test('the plugin composes a message', async () => {
    const { call } = await startInSandbox('slack-notifier', {
      webhook_url: 'https://hooks.slack.com/x',
      dry_run: true,
    });
    const response = await call<NotificationResponse>('send_notification', alert({ message: 'a & b' }));
    expectValid(responses, response);
    const { sent } = response.results![0]!.response_data as { sent: Record<string, unknown> };
    expect(textsOf(sent)).toEqual(['A title', 'a &amp; b', 'Alert · medium']);
  });

  test('it delivers to a webhook that fails twice, and tells nobody its URL', async () => {
    const webhook = await startWebhook(refuse(503), hangUp);
    const { call, event, instance } = await startInSandbox(
      'slack-notifier',
      { webhook_url: webhook.url },
      { permissions: [], hosts: ['127.0.0.1'] },
    );
    const sent = event('notification.sent');
    const response = await call<NotificationResponse>('send_notification', alert());
    expect(response).toMatchObject({ status: 'success', results: [{ success: true, retry_count: 2 }] });
    expect(webhook.received).toHaveLength(3);
    const lines = instance.log.read(0, 1000).entries.map(({ message }) => message);
    expect(lines.join('\n')).toContain('Delivered');
    expect(JSON.stringify([response, await sent, lines])).not.toContain('s3cr3tT0k3n');
  });

  test('without a grant it fails at once, and says what is missing', async () => {
    const webhook = await startWebhook();
    const { call } = await startInSandbox('slack-notifier', { webhook_url: webhook.url });
    const { results } = await call<NotificationResponse>('send_notification', alert());
    expect(results![0]).toMatchObject({ success: false, retry_count: 0 });
    expect(results![0]!.status_message).toContain('network_access');
    expect(webhook.received).toEqual([]);
  });
});

describe('the recipients', () => {
  test('reach the webhooks and channels that their routes name', async () => {
    const main = await startWebhook();
    const security = await startWebhook();
    const { result } = await send(
      main.url,
      { recipients: { slack: ['#security', 'on-call', '#audit'] } },
      {
        webhooks: { '#security': security.url, operations: `${security.url}-operations` },
        routes: [
          { recipient: 'on-call', webhook: 'operations' },
          { recipient: '#audit', channel: '#audit' },
        ],
      },
    );
    expect(result).toMatchObject({ success: true, recipients: ['#security', 'on-call', '#audit'] });
    expect(main.received.map(({ body }) => body.channel)).toEqual(['#audit']);
    expect(security.received.map(({ path }) => path.endsWith('-operations')).sort()).toEqual([false, true]);
    expect(JSON.stringify(result)).not.toContain('s3cr3tT0k3n');
  });

  test('that nothing is known of are told, and the others get the message', async () => {
    const webhook = await startWebhook();
    const { response, result } = await send(
      webhook.url,
      { recipients: { slack: ['#known', '#unknown'] } },
      { webhooks: { '#known': webhook.url } },
    );
    expect(webhook.received).toHaveLength(1);
    expect(response.status).toBe('partial');
    expect(result).toMatchObject({ success: false, recipients: ['#known'], failed_recipients: ['#unknown'] });
    expect(result.status_message).toContain('Nothing says how "#unknown" is reached');
  });

  test.for([
    ['', 'is not set'],
    ['hooks.slack.com/services/T/B/x', 'is no URL'],
    ['http://hooks.slack.com/services/T/B/x', 'does not begin with https'],
  ] as const)('cannot be reached over "%s", which is said without it', async ([url, problem]) => {
    const { result } = await send(url);
    expect(result.success).toBe(false);
    expect(result.status_message).toContain(problem);
    expect(result.status_message).not.toContain('services/T');
  });
});

describe('the plugin', () => {
  test('sends nothing in a dry run, and says what it would have sent', async () => {
    const webhook = await startWebhook();
    const { response, result, published } = await send(webhook.url, { priority: 'high' }, { dry_run: true });
    expect(webhook.received).toEqual([]);
    expect(published).toEqual([]);
    expect(response.status).toBe('success');
    expect(result.response_data).toMatchObject({ dry_run: true, sent: { text: '[HIGH] A title' } });
    expect(JSON.stringify(response)).not.toContain('s3cr3tT0k3n');
  });

  test('serves Slack only, and says so of other channels', async () => {
    const webhook = await startWebhook();
    const { plugin, response } = await send(webhook.url, { channels: ['slack', 'email'] });
    expect(plugin.getSupportedChannels()).toEqual(['slack']);
    expect(plugin.validateRequest(alert({ channels: ['email'] }))).toBe(false);
    expect(response).toMatchObject({ status: 'partial', successful_channels: 1, failed_channels: 1 });
    expect(response.results![1]!.status_message).toContain('not to email');
  });

  test('refuses what is to be sent later', async () => {
    const webhook = await startWebhook();
    const { result } = await send(webhook.url, { send_at: new Date(Date.now() + 60_000).toISOString() });
    expect(webhook.received).toEqual([]);
    expect(result.status_message).toContain('sends at once');
  });

  test('tests a channel with a message of its own, and takes no for an answer', async () => {
    const good = await startWebhook();
    const bad = await startWebhook(refuse(404, 'no_service'));
    const { plugin, logged } = await start({ config: { webhook_url: good.url } });
    expect(await plugin.testChannel('slack', {})).toBe(true);
    expect(await plugin.testChannel('slack', { webhook_url: bad.url, channel: '#here' })).toBe(false);
    expect(await plugin.testChannel('slack', { webhook_url: 'nonsense' })).toBe(false);
    expect(await plugin.testChannel('email', {})).toBe(false);
    expect(good.received).toHaveLength(1);
    expect(bad.received[0]!.body.channel).toBe('#here');
    expect(logged.join('\n')).toContain('The webhook was removed or switched off.');
    expect(plugin.getChannelConfigSchema('slack')).toMatchObject({ properties: { webhook_url: { format: 'secret' } } });
  });

  test('uses a changed configuration for the next notification', async () => {
    const first = await startWebhook();
    const second = await startWebhook();
    const { plugin } = await start({ config: { webhook_url: first.url } });
    await plugin.reloadConfig({ webhook_url: second.url });
    await plugin.sendNotification(alert());
    expect([first.received.length, second.received.length]).toEqual([0, 1]);
  });
});
