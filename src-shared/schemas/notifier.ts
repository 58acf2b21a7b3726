/** Notifier plugins: a message goes out over one or more channels. */
import { type Static, Type } from 'typebox';
import { count, map, maybe, oneOf, requiredText, seconds, text, texts, timestamp } from './building-blocks';
import { PrioritySchema } from './events';
import { CHANNELS, NOTIFICATION_TYPES } from './vocabulary';

export const ChannelSchema = oneOf(CHANNELS);
export type Channel = Static<typeof ChannelSchema>;

export const NotificationRequestSchema = Type.Object(
  {
    request_id: requiredText('Names this request in logs, events and the response'),
    notification_type: oneOf(NOTIFICATION_TYPES),
    priority: Type.Optional(PrioritySchema),
    title: text('The first line'),
    message: text('The text'),
    details: map('What the message is about'),
    channels: Type.Array(ChannelSchema, { description: 'Where it goes' }),
    recipients: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String()), {
        description: 'Who gets it, by channel',
        default: {},
      }),
    ),
    template: maybe(Type.String()),
    template_vars: map('What the template is filled with'),
    send_at: maybe(Type.String({ format: 'date-time' })),
    timezone: text('Time zone of send_at', 'UTC'),
    max_retries: Type.Optional(Type.Integer({ minimum: 0, default: 3 })),
    retry_delay: seconds('Wait before the first retry', 60),
    source: text('Who asked'),
    context: map('Anything the caller wants to hand over'),
    tags: texts('Words to find it by'),
    incident_id: maybe(Type.String()),
    alert_id: maybe(Type.String()),
    timestamp: timestamp('When it was asked'),
  },
  { title: 'NotificationRequest' },
);
export type NotificationRequest = Static<typeof NotificationRequestSchema>;

export const NotificationResultSchema = Type.Object(
  {
    notification_id: requiredText('The id of this delivery'),
    channel: ChannelSchema,
    success: Type.Boolean(),
    status_code: maybe(Type.Integer()),
    status_message: text('What the channel said'),
    delivered_at: maybe(Type.String({ format: 'date-time' })),
    delivery_duration: maybe(Type.Number({ minimum: 0 }), { description: 'In seconds' }),
    recipients: texts('Who got it'),
    failed_recipients: texts('Who did not'),
    response_data: map('What the channel answered'),
    external_id: maybe(Type.String()),
    retry_count: count('Tries after the first'),
    will_retry: Type.Optional(Type.Boolean({ default: false })),
    next_retry_at: maybe(Type.String({ format: 'date-time' })),
  },
  { title: 'NotificationResult' },
);
export type NotificationResult = Static<typeof NotificationResultSchema>;

export const NotificationResponseSchema = Type.Object(
  {
    request_id: requiredText('The id of the request that this answers'),
    notification_id: requiredText('The id of the notification'),
    status: oneOf(['success', 'partial', 'failed', 'scheduled']),
    results: Type.Optional(Type.Array(NotificationResultSchema, { default: [] })),
    total_channels: count('Channels tried'),
    successful_channels: count('Channels that took it'),
    failed_channels: count('Channels that did not'),
    total_duration: seconds('How long it took', 0),
    error_message: maybe(Type.String()),
    warnings: texts('What the reader should know'),
    notifier_version: text('Version of the plugin'),
    completion_timestamp: timestamp('When it ended'),
  },
  { title: 'NotificationResponse' },
);
export type NotificationResponse = Static<typeof NotificationResponseSchema>;
