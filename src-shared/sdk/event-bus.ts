/**
 * The event bus as a plugin sees it. The bus itself is in the platform: every call is a message, so every answer is
 * a promise.
 */
import type {
  BusMetrics,
  EventFilter,
  EventInput,
  EventSubscription,
  PluginEvent,
  SecurityEvent,
  SubscriptionOptions,
} from './types';

/** Handles one event. A delivery that throws, or takes longer than 30 s, is tried again `max_retries` times. */
export type EventCallback = (event: SecurityEvent) => void | Promise<void>;

/** Handles the events of a batch, oldest first. */
export type EventBatchCallback = (events: SecurityEvent[]) => void | Promise<void>;

/** The contract's event bus. */
export interface EventBus {
  /**
   * Publishes an event. The bus fills in `event_id`, `timestamp` and `created_at` where they are missing, and as
   * `correlation_id` the request that is being answered. Whatever the event says, `source` is the plugin's id,
   * `source_id` its instance and `source_type` "plugin".
   * @returns The event as it went out. Awaiting it slows a publisher down to what `block` subscribers can take.
   * @throws EventError where the event breaks the contract, or an `error` policy subscriber is full.
   */
  publish(event: EventInput): Promise<SecurityEvent>;

  /**
   * Publishes a plugin event: it travels as a SecurityEvent with the plugin's id as `source` and `source_type` "plugin",
   * its `context`, `target_plugins` and `broadcast` in `metadata`. With `target_plugins`, only those plugins hear it.
   * @throws EventError as `publish`.
   */
  publishPluginEvent(event: PluginEvent): Promise<SecurityEvent>;

  /**
   * Calls back with every event that the filter lets through, from now on until `unsubscribe` or the plugin's end.
   * @param subscriberId Usually the plugin's id.
   * @param filters Without it, every event.
   * @param options With `delivery_mode: 'batch'` the callback gets a list of up to `batch_size` events.
   * @throws EventError where filter or options break the contract, with more than 1,000 subscriptions of the plugin,
   *   or with a `max_queue_size` above 100,000.
   */
  subscribe(
    subscriberId: string,
    callback: EventBatchCallback,
    filters: EventFilter | undefined,
    options: SubscriptionOptions & { delivery_mode: 'batch' },
  ): Promise<EventSubscription>;
  subscribe(
    subscriberId: string,
    callback: EventCallback,
    filters?: EventFilter,
    options?: SubscriptionOptions,
  ): Promise<EventSubscription>;

  /** @returns false where there is no such subscription of this plugin. */
  unsubscribe(subscriptionId: string): Promise<boolean>;

  /** The plugin's own subscriptions. */
  listSubscriptions(): Promise<EventSubscription[]>;

  /** Figures of the whole bus. */
  getMetrics(): Promise<BusMetrics>;

  /**
   * The latest events, oldest first.
   * @param limit 1 to 10,000; 100 where it is left out.
   */
  getEventHistory(limit?: number): Promise<SecurityEvent[]>;
}
