/**
 * The event bus in memory, for one test: the platform's own filters, its signing of what plugins publish, its batches
 * and its tries again, which here follow each other without a delay.
 */
import { compileFilter, type EventTest } from '../../event-filter/compiled-filter';
import { unknownFieldOf } from '../../event-filter/known-fields';
import { EventError } from '../errors';
import type { EventBatchCallback, EventBus, EventCallback } from '../event-bus';
import type { EventFilter, EventInput, EventSubscription, SecurityEvent, SubscriptionOptions } from '../types';
import { clearTimeout, setTimeout } from './ambient';

/** The event bus of a test context. */
export interface TestEventBus extends EventBus {
  /** Everything that went over the bus, oldest first, whoever published it. */
  readonly published: readonly SecurityEvent[];
  /** What callbacks threw, after the last try. */
  readonly failures: readonly unknown[];
  /** Publishes as somebody else: the event keeps the `source` that it has. */
  send(event: EventInput): Promise<SecurityEvent>;
  /** Hands half full batches over, and resolves when nothing is being delivered any more. */
  settled(): Promise<void>;
}

/** Where the buses of several plugins meet. @internal */
export interface MemoryBus {
  forPlugin(pluginId: string, instanceId: string): TestEventBus;
}

interface Subscriber {
  readonly subscription: EventSubscription;
  readonly owner: string;
  readonly accepts: EventTest;
  readonly call: (events: SecurityEvent[]) => unknown;
  waiting: SecurityEvent[];
  timer: number | undefined;
  /** Ends when all that was handed over so far has been handled. */
  tail: Promise<void>;
}

const DEFAULTS = {
  subscription_name: '',
  delivery_mode: 'async',
  batch_size: 1,
  batch_timeout: 30,
  max_retries: 3,
  retry_delay: 5,
  max_queue_size: 1000,
  backpressure_policy: 'drop',
} as const;

const isFor = (owner: string, { metadata }: SecurityEvent) => {
  const targets = metadata?.target_plugins;
  return !Array.isArray(targets) || targets.length === 0 || targets.includes(owner);
};

function compile(filters: EventFilter): EventTest {
  try {
    return compileFilter(filters);
  } catch (error) {
    throw new EventError(error instanceof Error ? error.message : String(error));
  }
}

function refuseBroken(event: EventInput) {
  if (typeof event?.event_type !== 'string' || event.event_type === '') {
    throw new EventError('The value breaks the contract: event_type must be a text that is not empty.');
  }
}

const countBy = (events: readonly SecurityEvent[], keyOf: (event: SecurityEvent) => string) => {
  const counts: Record<string, number> = {};
  for (const event of events) counts[keyOf(event)] = (counts[keyOf(event)] ?? 0) + 1;
  return counts;
};

/** @internal */
export function createMemoryBus(): MemoryBus {
  const published: SecurityEvent[] = [];
  const failures: unknown[] = [];
  const subscribers = new Map<string, Subscriber>();
  const opened = new Date().toISOString();
  let lastId = 0;
  let deliveries = 0;

  async function handOver({ subscription, call }: Subscriber, events: SecurityEvent[]) {
    for (let attempt = 0; ; attempt++) {
      try {
        await call(events);
        deliveries++;
        subscription.events_delivered += events.length;
        subscription.last_delivery = new Date().toISOString();
        return;
      } catch (error) {
        if (attempt < (subscription.max_retries ?? DEFAULTS.max_retries)) continue;
        subscription.events_failed += events.length;
        failures.push(error);
        return;
      }
    }
  }

  function flush(subscriber: Subscriber) {
    if (subscriber.timer !== undefined) clearTimeout(subscriber.timer);
    subscriber.timer = undefined;
    const events = subscriber.waiting;
    subscriber.waiting = [];
    if (events.length > 0) subscriber.tail = subscriber.tail.then(() => handOver(subscriber, events));
  }

  function deliver(subscriber: Subscriber, event: SecurityEvent) {
    const { delivery_mode, batch_size, batch_timeout } = subscriber.subscription;
    subscriber.waiting.push(event);
    const size = delivery_mode === 'batch' ? (batch_size ?? 1) : 1;
    if (subscriber.waiting.length >= size) flush(subscriber);
    else subscriber.timer ??= setTimeout(() => flush(subscriber), (batch_timeout ?? 30) * 1000);
  }

  async function publish(input: EventInput): Promise<SecurityEvent> {
    refuseBroken(input);
    const now = new Date().toISOString();
    const event: SecurityEvent = {
      ...copyOf(input),
      event_id: input.event_id || `00000000-0000-4000-8000-${String(++lastId).padStart(12, '0')}`,
      timestamp: input.timestamp ?? now,
      created_at: input.created_at ?? now,
    };
    published.push(event);
    for (const subscriber of subscribers.values()) {
      if (isFor(subscriber.owner, event) && subscriber.accepts(event, Date.now())) deliver(subscriber, event);
    }
    return event;
  }

  function subscribe(
    owner: string,
    subscriberId: string,
    callback: EventCallback | EventBatchCallback,
    filters: EventFilter = {},
    options: SubscriptionOptions = {},
  ): EventSubscription {
    if (typeof callback !== 'function') throw new TypeError('subscribe needs a function to call with events');
    const fault = unknownFieldOf(filters, options);
    if (fault !== undefined) throw new EventError(fault);
    const accepts = compile(filters);
    const subscription: EventSubscription = {
      ...DEFAULTS,
      ...options,
      subscription_id: `subscription-${subscribers.size + 1}-${++lastId}`,
      subscriber_id: subscriberId,
      filters,
      active: true,
      events_delivered: 0,
      events_failed: 0,
      events_dropped: 0,
      last_delivery: null,
    };
    const call =
      options.delivery_mode === 'batch'
        ? (events: SecurityEvent[]) => (callback as EventBatchCallback)(events)
        : (events: SecurityEvent[]) => (callback as EventCallback)(events[0] as SecurityEvent);
    const tail = Promise.resolve();
    const subscriber: Subscriber = { subscription, owner, accepts, call, waiting: [], timer: undefined, tail };
    subscribers.set(subscription.subscription_id, subscriber);
    return { ...subscription };
  }

  /** A delivery may publish, and so begin others. */
  async function settled(): Promise<void> {
    for (const subscriber of subscribers.values()) flush(subscriber);
    const tails = () => [...subscribers.values()].map(({ tail }) => tail);
    const before = tails();
    await Promise.all(before);
    const isWaiting = [...subscribers.values()].some(({ waiting }) => waiting.length > 0);
    if (isWaiting || tails().some((tail, index) => tail !== before[index])) await settled();
  }

  const metrics = () => ({
    total_events: published.length,
    events_by_type: countBy(published, ({ event_type }) => event_type),
    events_by_source: countBy(published, ({ source }) => source ?? ''),
    events_by_priority: countBy(published, ({ priority }) => priority ?? 'medium'),
    average_processing_time: 0,
    failed_events: failures.length,
    current_queue_size: [...subscribers.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
    max_queue_size: DEFAULTS.max_queue_size,
    active_subscriptions: subscribers.size,
    total_deliveries: deliveries,
    failed_deliveries: failures.length,
    window_start: opened,
    window_end: new Date().toISOString(),
  });

  return {
    forPlugin(pluginId, instanceId) {
      const signed = (event: EventInput): EventInput => {
        refuseBroken(event);
        return { ...event, source: pluginId, source_id: instanceId, source_type: 'plugin' };
      };
      const own = () => [...subscribers.values()].filter(({ owner }) => owner === pluginId);
      return {
        published,
        failures,
        send: publish,
        settled,
        publish: async (event) => publish(signed(event)),
        publishPluginEvent: async ({ event_type, data, context, target_plugins, broadcast }) =>
          publish(
            signed({
              event_type,
              data: data ?? {},
              metadata: {
                context: context ?? {},
                target_plugins: target_plugins ?? [],
                broadcast: broadcast ?? false,
              },
            }),
          ),
        subscribe: (async (id: string, callback: EventCallback, filters?: EventFilter, options?: SubscriptionOptions) =>
          subscribe(pluginId, id, callback, filters, options)) as EventBus['subscribe'],
        unsubscribe: async (id) =>
          own().some(({ subscription }) => subscription.subscription_id === id) && subscribers.delete(id),
        listSubscriptions: async () => own().map(({ subscription }) => ({ ...subscription })),
        getMetrics: async () => metrics(),
        getEventHistory: async (limit = 100) => published.slice(-limit),
      };
    },
  };
}

/** Over the real bus an event travels as JSON: whoever gets it has a copy. */
const copyOf = (event: EventInput): EventInput => JSON.parse(JSON.stringify(event)) as EventInput;
