/** One message to Slack, and what becomes of it. The clock is the test's own, so that an hour of waiting takes no time. */
import type { NotificationRequest, NotificationResponse } from 'mcp-plugin-sdk';
import {
  createTestContext,
  describe,
  expect,
  type FakeClock,
  fakeClock,
  type TestAnswer,
  test,
} from 'mcp-plugin-sdk/testing';
import { SlackNotifier } from '../src/notifier';
import type { SlackNotifierConfig } from '../src/settings';

const SECRET = 'T0AAA/B0BBB/s3cr3tT0k3n';
const WEBHOOK = `https://hooks.slack.com/services/${SECRET}`;
const SECOND = 1000;

/** Slack answers one request after the other as told, then takes all that come. */
async function start(answers: TestAnswer[], config: SlackNotifierConfig = {}) {
  const clock = fakeClock('2026-01-31T12:00:00Z');
  const at: number[] = [];
  const context = createTestContext<SlackNotifierConfig>({
    plugin_id: 'slack-notifier:1.0.0',
    config: { webhook_url: WEBHOOK, retry_delay: 4, ...config },
    network() {
      at.push(clock.now());
      return answers.shift() ?? 'ok';
    },
  });
  const plugin = new SlackNotifier(context);
  await plugin.initialize();
  const waits = () => at.slice(1).map((time, index) => time - (at[index] ?? 0));
  return { clock, context, plugin, waits };
}

const alert = (request: Partial<NotificationRequest> = {}): NotificationRequest => ({
  request_id: 'request-1',
  notification_type: 'alert',
  title: 'Redis without a password',
  message: 'On 10.20.4.11.',
  channels: ['slack'],
  ...request,
});

/** Lets time pass until there is an answer. */
async function send(plugin: SlackNotifier, clock: FakeClock, request: Partial<NotificationRequest> = {}) {
  let response: NotificationResponse | undefined;
  const sending = plugin.sendNotification(alert(request)).then((answer) => {
    response = answer;
  });
  while (response === undefined) await clock.tick(SECOND);
  await sending;
  return { response, result: response.results?.[0] };
}

describe('a delivery', () => {
  test('that is taken at once says so, and what was sent', async () => {
    const { clock, context, plugin } = await start([]);
    const { response, result } = await send(plugin, clock);
    expect(response).toMatchObject({ status: 'success', successful_channels: 1, failed_channels: 0 });
    expect(result).toMatchObject({ success: true, status_code: 200, status_message: 'Delivered', retry_count: 0 });
    expect(context.network.requests).toMatchObject([{ method: 'POST', url: WEBHOOK }]);
    expect(result?.response_data?.sent).toEqual(context.network.requests[0]?.json());
    expect(context.eventBus.published).toMatchObject([{ event_type: 'notification.sent' }]);
  });

  test('that fails twice is tried again, later each time', async () => {
    const { clock, plugin, waits } = await start([{ status: 503 }, { status: 502 }]);
    const { result } = await send(plugin, clock);
    expect(result).toMatchObject({ success: true, retry_count: 2 });
    const [first = 0, second = 0] = waits();
    // Half of each wait is random: from 2 to 4 seconds, then from 4 to 8.
    expect(first).toBeGreaterThanOrEqual(2 * SECOND);
    expect(first).toBeLessThanOrEqual(4 * SECOND);
    expect(second).toBeGreaterThanOrEqual(4 * SECOND);
    expect(second).toBeLessThanOrEqual(8 * SECOND);
  });

  test('waits as the configuration says where the platform has completed the request, and tells each wait', async () => {
    const { clock, context, plugin, waits } = await start([{ status: 503 }], { max_retries: 5 });
    await send(plugin, clock, { max_retries: 3, retry_delay: 60 });
    expect(waits()[0]).toBeLessThanOrEqual(4 * SECOND);
    expect(context.logger.messages('info')).toContainEqual(
      expect.stringMatching(/^the default channel: retry 1 of 5 in \d\.\d s\. Slack answered 503\.$/),
    );
  });

  test('waits as long as Slack asks it to', async () => {
    const { clock, plugin, waits } = await start([{ status: 429, headers: { 'Retry-After': '30' } }]);
    await send(plugin, clock);
    expect(waits()).toEqual([30 * SECOND]);
  });

  test('is given up where Slack asks to wait longer than the configuration allows', async () => {
    const { clock, plugin, waits } = await start([{ status: 429, headers: { 'Retry-After': '300' } }], {
      give_up_after: 60,
    });
    const { result } = await send(plugin, clock);
    expect(waits()).toEqual([]);
    expect(result).toMatchObject({
      success: false,
      status_code: 429,
      status_message: expect.stringContaining('2026-01-31T12:05:00.000Z'),
    });
  });

  test('that cannot get better fails at once, with what to do', async () => {
    const { clock, context, plugin } = await start([{ status: 404, body: 'no_service' }]);
    const { response, result } = await send(plugin, clock);
    expect(context.network.requests).toHaveLength(1);
    expect(result?.status_message).toContain('Make a new one in Slack.');
    expect(response.status).toBe('failed');
    expect(context.eventBus.published).toMatchObject([{ event_type: 'notification.failed' }]);
  });

  test('has as many tries as its notification says, before those of the configuration', async () => {
    const broken = Array.from({ length: 9 }, () => ({ status: 500 }));
    const { clock, context, plugin } = await start(broken, { max_retries: 5 });
    await send(plugin, clock, { max_retries: 1, retry_delay: 0 });
    expect(context.network.requests).toHaveLength(2);
    await plugin.reloadConfig({ max_retries: 2 });
    await send(plugin, clock);
    expect(context.network.requests).toHaveLength(5);
  });

  test('that waits ends with the plugin', async () => {
    const { clock, plugin } = await start([{ status: 503 }]);
    const sending = expect(plugin.sendNotification(alert())).rejects.toThrow('was stopped');
    await clock.tick(0);
    expect(clock.waiting).toBe(1);
    await plugin.shutdown();
    await sending;
    expect(clock.waiting).toBe(0);
  });

  test('without the permission fails at once, with the reason', async () => {
    const plugin = new SlackNotifier(createTestContext<SlackNotifierConfig>({ config: { webhook_url: WEBHOOK } }));
    await plugin.initialize();
    const { results = [] } = await plugin.sendNotification(alert());
    expect(results[0]).toMatchObject({ success: false, retry_count: 0 });
    expect(results[0]?.status_message).toContain('network_access');
  });
});

test.each([
  ['delivered', []],
  ['refused', [{ status: 403, body: `no such webhook: ${WEBHOOK}` }]],
] as [string, TestAnswer[]][])(
  'the URL of the webhook is in nothing that is told of a message %s',
  async (_, answers) => {
    const { clock, context, plugin } = await start(answers);
    const { response } = await send(plugin, clock);
    for (const told of [response, context.eventBus.published, context.logger.lines]) {
      expect(JSON.stringify(told)).not.toContain(SECRET);
    }
  },
);
