/** Events: what plugins and the platform tell each other, and who hears it. */
import { type Static, Type } from 'typebox';
import { map, maybe, oneOf, requiredText, text, textMap, texts, timestamp } from './building-blocks';
import { BACKPRESSURE_POLICIES, DELIVERY_MODES, PRIORITIES } from './vocabulary';

export const PrioritySchema = oneOf(PRIORITIES, { default: 'medium' });
export type Priority = Static<typeof PrioritySchema>;

const eventFields = {
  event_type: requiredText('What happened; dotted, such as security.vulnerability_detected'),
  event_name: text('A name for people'),
  source: text('Who says it; for a plugin its id'),
  source_id: text('Which instance says it'),
  source_type: text('What kind of thing says it, such as plugin'),
  data: map('What happened, in detail'),
  metadata: map('About the event itself'),
  priority: Type.Optional(
    Type.String({
      description: `${PRIORITIES.join(', ')}; anything else, such as info, ranks below low`,
      default: 'medium',
    }),
  ),
  severity: maybe(Type.String()),
  category: text('A group of event types'),
  subcategory: text('A group within the category'),
  related_events: texts('Ids of events that belong together'),
  parent_event_id: maybe(Type.String(), { description: 'The event that led to this one' }),
  correlation_id: maybe(Type.String(), { description: 'Shared by all that follows from one request' }),
  status: Type.Optional(oneOf(['pending', 'processing', 'processed', 'failed', 'cancelled'], { default: 'pending' })),
  processed_by: texts('Subscribers that handled it'),
  processing_errors: texts('What failed while handling it'),
  tags: texts('Words to filter by'),
  labels: textMap('Names with values to filter by'),
  ttl_seconds: maybe(Type.Number({ minimum: 0 })),
  retain_until: maybe(Type.String({ format: 'date-time' })),
};

/** What an author hands to publish(): the bus fills in the id and the times. */
export const EventInputSchema = Type.Object(
  {
    ...eventFields,
    event_id: Type.Optional(Type.String()),
    timestamp: timestamp('When it happened'),
    created_at: timestamp('When the event was made'),
  },
  { title: 'EventInput' },
);
export type EventInput = Static<typeof EventInputSchema>;

/** An event as it travels: with its id and its times. */
export const SecurityEventSchema = Type.Object(
  {
    event_id: Type.String({ description: 'A UUID' }),
    ...eventFields,
    timestamp: Type.String({ description: 'When it happened (ISO 8601, UTC)' }),
    created_at: timestamp('When the event was made'),
  },
  { title: 'SecurityEvent' },
);
export type SecurityEvent = Static<typeof SecurityEventSchema>;

export const PluginEventSchema = Type.Object(
  {
    event_type: requiredText('What happened'),
    plugin_id: requiredText('Which plugin says it'),
    data: map('What happened, in detail'),
    context: map('Around it'),
    target_plugins: texts('Only these plugins hear it'),
    broadcast: Type.Optional(Type.Boolean({ default: false })),
  },
  { title: 'PluginEvent' },
);
export type PluginEvent = Static<typeof PluginEventSchema>;

const age = (description: string) => maybe(Type.Number({ minimum: 0 }), { description });

export const EventFilterSchema = Type.Object(
  {
    event_types: texts('Only these types; a.* matches one segment, a.** any number'),
    exclude_types: texts('Not these types'),
    sources: texts('Only these sources'),
    exclude_sources: texts('Not these sources'),
    min_priority: maybe(PrioritySchema, { description: 'This priority and higher; critical is the highest' }),
    max_priority: maybe(PrioritySchema, { description: 'This priority and lower' }),
    required_tags: texts('All of these tags'),
    forbidden_tags: texts('None of these tags'),
    required_labels: textMap('All of these labels with these values'),
    forbidden_labels: textMap('None of these labels with these values'),
    min_age_seconds: age('Not younger than this'),
    max_age_seconds: age('Not older than this'),
    data_filters: texts('Predicates that must all hold, such as $.data.cvss_score >= 7.0'),
  },
  { title: 'EventFilter' },
);
export type EventFilter = Static<typeof EventFilterSchema>;

/** How a subscriber wants to be served; all have the contract's defaults. */
export const SubscriptionOptionsSchema = Type.Object(
  {
    subscription_name: text('A name for people'),
    delivery_mode: Type.Optional(oneOf(DELIVERY_MODES, { default: 'async' })),
    batch_size: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
    batch_timeout: Type.Optional(Type.Number({ minimum: 0, default: 30, description: 'In seconds' })),
    max_retries: Type.Optional(Type.Integer({ minimum: 0, default: 3 })),
    retry_delay: Type.Optional(Type.Number({ minimum: 0, default: 5, description: 'In seconds' })),
    max_queue_size: Type.Optional(Type.Integer({ minimum: 1, default: 1000 })),
    backpressure_policy: Type.Optional(oneOf(BACKPRESSURE_POLICIES, { default: 'drop' })),
  },
  { title: 'SubscriptionOptions' },
);
export type SubscriptionOptions = Static<typeof SubscriptionOptionsSchema>;

export const EventSubscriptionSchema = Type.Object(
  {
    subscription_id: Type.String(),
    subscriber_id: Type.String(),
    filters: EventFilterSchema,
    active: Type.Boolean(),
    events_delivered: Type.Integer({ minimum: 0 }),
    events_failed: Type.Integer({ minimum: 0 }),
    events_dropped: Type.Integer({ minimum: 0, description: 'Left out because the queue was full' }),
    last_delivery: Type.Union([Type.String(), Type.Null()]),
    ...SubscriptionOptionsSchema.properties,
  },
  { title: 'EventSubscription' },
);
export type EventSubscription = Static<typeof EventSubscriptionSchema>;

const counts = Type.Record(Type.String(), Type.Integer({ minimum: 0 }));

export const BusMetricsSchema = Type.Object(
  {
    total_events: Type.Integer(),
    events_by_type: counts,
    events_by_source: counts,
    events_by_priority: counts,
    average_processing_time: Type.Number({ description: 'Of one delivery, in seconds' }),
    failed_events: Type.Integer(),
    current_queue_size: Type.Integer(),
    max_queue_size: Type.Integer(),
    active_subscriptions: Type.Integer(),
    total_deliveries: Type.Integer(),
    failed_deliveries: Type.Integer(),
    window_start: Type.String(),
    window_end: Type.String(),
  },
  { title: 'BusMetrics' },
);
export type BusMetrics = Static<typeof BusMetricsSchema>;
