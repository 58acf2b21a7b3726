/** The test of a channel: which settings it takes, and the message that it sends. */
import type { Destination } from './destination';
import { mrkdwn, type WebhookMessage } from './message/block-kit';
import type { Settings } from './settings';

/** JSON Schema of what a test of the channel can be told. */
export const CHANNEL_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  properties: {
    webhook_url: {
      title: 'Webhook URL',
      description: 'The incoming webhook to test; the configured one where it is left out.',
      type: 'string',
      format: 'secret',
    },
    channel: {
      title: 'Channel',
      description: 'Asks the webhook for another channel than its own, such as #security.',
      type: 'string',
    },
  },
};

export function readTestDestination(config: Record<string, unknown>, { webhookUrl }: Settings): Destination {
  const { webhook_url: url, channel } = config;
  return {
    recipient: '',
    webhook: 'default',
    url: typeof url === 'string' ? url : webhookUrl,
    ...(typeof channel === 'string' && channel !== '' ? { channel } : {}),
  };
}

export function composeTestMessage(): WebhookMessage {
  const text = 'This channel gets the notifications of the security platform.';
  return {
    text,
    unfurl_links: false,
    unfurl_media: false,
    attachments: [{ color: '#2B8A3E', blocks: [{ type: 'section', text: mrkdwn(`*Test* ${text}`) }] }],
  };
}
