/** What is sent, to whom. A dry run says it all without sending anything. */
import type { NotificationRequest } from 'mcp-plugin-sdk';
import { createTestContext, describe, expect, test } from 'mcp-plugin-sdk/testing';
import { SlackNotifier } from '../src/notifier';
import type { SlackNotifierConfig } from '../src/settings';

async function compose(request: Partial<NotificationRequest>, config: SlackNotifierConfig = {}) {
  const context = createTestContext<SlackNotifierConfig>({
    config: { webhook_url: 'https://hooks.slack.com/services/x', dry_run: true, ...config },
    network: {},
  });
  const plugin = new SlackNotifier(context);
  await plugin.initialize();
  const response = await plugin.sendNotification({
    request_id: 'request-1',
    notification_type: 'alert',
    title: 'A title',
    channels: ['slack'],
    ...request,
  });
  expect(context.network.requests).toEqual([]);
  return { response, result: response.results?.[0], text: JSON.stringify(response.results?.[0]?.response_data?.sent) };
}

describe('a message', () => {
  test('cannot mention anybody nor disguise a link, whoever wrote its parts', async () => {
    const { text } = await compose({
      message: '<!channel> <https://phish.example|your bank> & <@U012AB3CD>',
      details: { file: '<!everyone>.pdf' },
    });
    for (const live of ['<!channel>', '<https:', '<@U012AB3CD>', '<!everyone>']) expect(text).not.toContain(live);
    expect(text).toContain('&lt;!channel&gt;');
  });

  test('mentions the channel where the configuration says so, in critical ones only', async () => {
    expect((await compose({ priority: 'critical' }, { mention: 'here' })).text).toContain('<!here>');
    expect((await compose({ priority: 'high' }, { mention: 'here' })).text).not.toContain('<!here>');
    expect((await compose({ priority: 'critical' })).text).not.toContain('<!here>');
  });

  test('is filled from its template, and what is missing there is warned of', async () => {
    const templates = { handover: '{{count}} incidents wait for {{team}}.' };
    const { response, text } = await compose({ template: 'handover', template_vars: { count: 3 } }, { templates });
    expect(text).toContain('3 incidents wait for');
    expect(response.warnings).toEqual(['Nothing fills {{team}} of the template "handover".']);
  });
});

describe('a recipient', () => {
  const config = {
    webhooks: { operations: 'https://hooks.slack.com/services/o' },
    routes: [{ recipient: 'on-call', webhook: 'operations' }],
  };

  test('is reached by a webhook of its name, or by its route', async () => {
    const { result } = await compose({ recipients: { slack: ['operations', 'on-call'] } }, config);
    expect(result?.response_data?.deliveries).toMatchObject([
      { recipient: 'operations', webhook: 'operations' },
      { recipient: 'on-call', webhook: 'operations' },
    ]);
  });

  test('that nothing is known of gets nothing, and is told', async () => {
    const { response, result } = await compose({ recipients: { slack: ['#unknown'] } }, config);
    expect(response.status).toBe('failed');
    expect(result).toMatchObject({ success: false, failed_recipients: ['#unknown'] });
    expect(result?.status_message).toContain('Add a route for it');
  });

  test('cannot be reached without a webhook, which says where one is set', async () => {
    const { result } = await compose({}, { webhook_url: '' });
    expect(result?.status_message).toBe('The webhook URL is not set. Enter it in the configuration.');
  });
});
