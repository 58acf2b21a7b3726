/** The event bus in the plugin's hands: every call becomes a message, every delivery a call of its callback. */
import type { EventBus } from '@shared/sdk/event-bus';
import type {
  BusMetrics,
  EventInput,
  EventSubscription,
  PluginEvent,
  SecurityEvent,
  SubscriptionOptions,
} from '@shared/sdk/types';
import type { HostRequests } from './host-requests';
import { toJsonValue } from './to-json-value';

type AnyCallback = (events: SecurityEvent | SecurityEvent[]) => unknown;

export interface PluginEventBus {
  readonly bus: EventBus;
  /** Calls the subscription's callback with the events, one after the other or as a batch. */
  deliver(subscriptionId: string, events: SecurityEvent[]): Promise<void>;
}

const asSecurityEvent = ({
  plugin_id,
  event_type,
  data,
  context,
  target_plugins,
  broadcast,
}: PluginEvent): EventInput => ({
  event_type,
  source: plugin_id,
  source_type: 'plugin',
  data: data ?? {},
  metadata: { context: context ?? {}, target_plugins: target_plugins ?? [], broadcast: broadcast ?? false },
});

export function createPluginEventBus({ ask }: HostRequests, currentCall: () => number | undefined): PluginEventBus {
  const callbacks = new Map<string, { callback: AnyCallback; batch: boolean }>();

  async function publish(input: EventInput): Promise<SecurityEvent> {
    const event = toJsonValue(input, 'event') as EventInput;
    const call = currentCall();
    const filledIn = await ask({ kind: 'publish', event, ...(call === undefined ? {} : { call }) });
    return { ...event, ...(filledIn as Partial<SecurityEvent>) } as SecurityEvent;
  }

  async function subscribe(
    subscriber: string,
    callback: AnyCallback,
    filters?: unknown,
    options?: SubscriptionOptions,
  ): Promise<EventSubscription> {
    if (typeof callback !== 'function') throw new TypeError('subscribe needs a function to call with events');
    const batch = options?.delivery_mode === 'batch';
    const question = {
      kind: 'subscribe' as const,
      subscriber: String(subscriber),
      ...(filters === undefined ? {} : { filter: toJsonValue(filters, 'filters') as object }),
      ...(options === undefined ? {} : { options: toJsonValue(options, 'options') as object }),
    };
    const subscription = await ask(question, (answer) => {
      callbacks.set((answer as EventSubscription).subscription_id, { callback, batch });
    });
    return subscription as EventSubscription;
  }

  return {
    bus: {
      publish: (event) => publish(event),
      publishPluginEvent: (event) => publish(asSecurityEvent(event)),
      subscribe: subscribe as EventBus['subscribe'],
      async unsubscribe(subscription) {
        callbacks.delete(subscription);
        return (await ask({ kind: 'unsubscribe', subscription: String(subscription) })) as boolean;
      },
      listSubscriptions: async () => (await ask({ kind: 'list-subscriptions' })) as EventSubscription[],
      getMetrics: async () => (await ask({ kind: 'bus-metrics' })) as BusMetrics,
      getEventHistory: async (limit = 100) => (await ask({ kind: 'event-history', limit })) as SecurityEvent[],
    },
    async deliver(subscriptionId, events) {
      const subscription = callbacks.get(subscriptionId);
      if (subscription === undefined) return;
      if (subscription.batch) await subscription.callback(events);
      else for (const event of events) await subscription.callback(event);
    },
  };
}
