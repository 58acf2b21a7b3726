/**
 * The event bus of the platform contract, within this process. Publishing never waits: it matches, queues and returns.
 * Events are shared by all who hear them and must not be changed. Order is kept from each publisher to each
 * subscriber; what a subscriber does, fails to do or never finishes costs the others nothing.
 */
import { randomUUID } from 'node:crypto';
import { StudioError } from '@shared/errors';
import { rankOf } from '@shared/event-filter/priority';
import { createEmitter, type Listenable } from '@shared/rpc';
import type {
  BusMetrics,
  EventFilter,
  EventInput,
  EventSubscription,
  SecurityEvent,
  SubscriptionOptions,
} from '@shared/schemas';
import { EventCounts, type Tally, toBusMetrics } from './bus-metrics';
import { createCompletion } from './complete-event';
import type { Deliver } from './delivery';
import { DeliveryTotals } from './delivery-totals';
import { createEventHistory } from './event-history';
import { createGate } from './gate';
import { HeavyEvents } from './heavy-events';
import { type Candidate, createMatcher } from './matcher';
import { createRoundRobin } from './round-robin';
import { completeOptions, termsOf } from './service-terms';
import { SubscriptionQueue, type Surroundings } from './subscription-queue';

export interface EventBusOptions {
  /** How many of the latest events history() has; 10,000 unless told, and at most 64 MB of large ones. */
  readonly historyCapacity?: number;
  /** How long a handler may take; the contract's 30 s unless told. */
  readonly deliveryTimeoutMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Hears what a listener of onDidFail threw; without it that is thrown where nobody can catch it. */
  readonly onError?: (error: unknown) => void;
}

export interface RunEvent {
  readonly runId: string;
  readonly event: SecurityEvent;
}

export interface FailedDelivery {
  readonly subscriptionId: string;
  readonly subscriberId: string;
  readonly events: readonly SecurityEvent[];
  /** What the last try failed with. */
  readonly error: unknown;
}

export interface EventBus {
  /**
   * Completes the event's id and times, hands it to the queues that want it, and returns it.
   * @param runId The run in which it was published, as the host knows it: a field of the event may say anything.
   * @throws StudioError events/queue-full where a subscriber with the policy error is full; all others got the event.
   */
  publish(event: EventInput, runId?: string): SecurityEvent;
  /** Resolves when no subscriber with the policy block is full, one publisher after the other: await it before each event. */
  ready(): Promise<void>;
  /**
   * @param deliver gets one event a call, or up to batch_size of them in mode batch; what it throws or rejects with is
   *   a failed delivery. In mode sync it runs within publish(), as far as it is not at work already.
   * @throws StudioError events/unsupported-filter, events/invalid-pattern, events/invalid-queue-size, events/closed
   */
  subscribe(
    subscriberId: string,
    deliver: Deliver,
    filter?: EventFilter,
    options?: SubscriptionOptions,
  ): EventSubscription;
  /** Discards what is queued for it. @returns false where there is no such subscription */
  unsubscribe(subscriptionId: string): boolean;
  listSubscriptions(): EventSubscription[];
  metrics(): BusMetrics;
  /** The latest events, oldest first. */
  history(limit: number): SecurityEvent[];
  /** Called within publish(), before any subscriber. */
  readonly onDidPublish: Listenable<SecurityEvent>;
  /** The same, for events of which the run is known. */
  readonly onDidPublishInRun: Listenable<RunEvent>;
  /** Called when the last try of a delivery has failed. */
  readonly onDidFail: Listenable<FailedDelivery>;
  /** Left out because a queue was full, since the bus began. */
  readonly droppedDeliveries: number;
  /** Resolves when all queues are empty and nothing is in delivery. */
  idle(): Promise<void>;
  /** Unsubscribes all. What is published later is kept in the history, and reaches nobody. */
  close(): Promise<void>;
}

interface Subscription {
  readonly id: string;
  readonly subscriberId: string;
  readonly filter: EventFilter;
  readonly options: Required<SubscriptionOptions>;
  readonly queue: SubscriptionQueue;
  leave(): void;
}

/** Handlers in mode sync that publish call each other within one publish() this deep; further ones are queued. */
const DEEPEST_PUBLISH = 16;

export function createEventBus({
  historyCapacity = 10_000,
  deliveryTimeoutMs = 30_000,
  now = Date.now,
  onError = throwLater,
}: EventBusOptions = {}): EventBus {
  const began = now();
  const subscriptions = new Map<string, Subscription>();
  const counts = new EventCounts();
  const matcher = createMatcher<SubscriptionQueue, Tally>((type) => counts.byType.of(type));
  const totals = new DeliveryTotals();
  const heavy = new HeavyEvents();
  const history = createEventHistory(historyCapacity, heavy);
  const gate = createGate();
  const turns = createRoundRobin();
  const complete = createCompletion(now);
  const published = createEmitter<SecurityEvent>();
  const publishedInRun = createEmitter<RunEvent>();
  const failed = createEmitter<FailedDelivery>(onError);
  let depth = 0;
  let closed = false;

  /** Only once all have the event in their queues: what a handler publishes now must not overtake it. */
  const deliverNow = (queues: readonly SubscriptionQueue[]) => {
    depth += 1;
    for (const queue of queues) {
      if (depth > DEEPEST_PUBLISH) queue.deliverLater();
      else queue.deliverNow();
    }
    depth -= 1;
  };

  const route = (event: SecurityEvent, candidates: readonly Candidate<SubscriptionQueue>[]) => {
    const time = matcher.timed ? now() : 0;
    let immediate: SubscriptionQueue[] | undefined;
    let refusedBy: string[] | undefined;
    for (let at = 0; at < candidates.length; at += 1) {
      const { target, rest } = candidates[at] as Candidate<SubscriptionQueue>;
      if (rest !== undefined && !rest(event, time)) continue;
      if (!target.offer(event)) refusedBy = [...(refusedBy ?? []), target.subscriberId];
      if (target.isImmediate) immediate = [...(immediate ?? []), target];
    }
    if (immediate !== undefined) deliverNow(immediate);
    if (refusedBy !== undefined) throw queueFull(event, refusedBy);
  };

  const publish: EventBus['publish'] = (input, runId) => {
    const event = complete(input);
    const rank = rankOf(event.priority);
    const { byRank, mark } = matcher.find(event.event_type);
    counts.total += 1;
    mark.count += 1;
    counts.bySource.of(event.source ?? '').count += 1;
    counts.addPriority(event.priority, rank);
    heavy.note(event);
    history.add(event);
    try {
      published.emit(event);
      if (runId !== undefined) publishedInRun.emit({ runId, event });
    } finally {
      // A listener that throws is the publisher's to hear of, and no reason for subscribers to miss the event.
      route(event, byRank[rank] ?? []);
    }
    return event;
  };

  const subscribe: EventBus['subscribe'] = (subscriberId, deliver, filter = {}, options = {}) => {
    if (closed) throw new StudioError('events/closed', 'The event bus is closed. Start the studio again to subscribe.');
    const id = randomUUID();
    const terms = completeOptions(options);
    const around: Surroundings = {
      turns,
      totals,
      gate,
      heavy,
      failed: (events, error) => {
        totals.failedFor(events);
        failed.emit({ subscriptionId: id, subscriberId, events, error });
      },
    };
    const queue = new SubscriptionQueue(subscriberId, deliver, termsOf(terms, deliveryTimeoutMs), around);
    const subscription: Subscription = {
      id,
      subscriberId,
      filter: structuredClone(filter),
      options: terms,
      queue,
      leave: () => undefined,
    };
    subscription.leave = matcher.add(filter, queue);
    subscriptions.set(id, subscription);
    return toEventSubscription(subscription, now());
  };

  const unsubscribe = (subscriptionId: string): boolean => {
    const subscription = subscriptions.get(subscriptionId);
    if (subscription === undefined) return false;
    subscriptions.delete(subscriptionId);
    subscription.leave();
    subscription.queue.close();
    return true;
  };

  return {
    publish,
    subscribe,
    unsubscribe,
    ready: () => gate.pass(),
    listSubscriptions: () =>
      [...subscriptions.values()].map((subscription) => toEventSubscription(subscription, now())),
    metrics: () => toBusMetrics(counts, totals, subscriptions.size, { start: began, end: now() }),
    history: (limit) => history.latest(limit),
    onDidPublish: published,
    onDidPublishInRun: publishedInRun,
    onDidFail: failed,
    get droppedDeliveries() {
      return totals.dropped;
    },
    idle: () => totals.idle(),
    async close() {
      closed = true;
      for (const id of [...subscriptions.keys()]) unsubscribe(id);
    },
  };
}

/** A listener's own fault must not leave a queue half done. */
const throwLater = (error: unknown) =>
  queueMicrotask(() => {
    throw error;
  });

const toEventSubscription = (
  { id, subscriberId, filter, options, queue }: Subscription,
  time: number,
): EventSubscription => ({
  subscription_id: id,
  subscriber_id: subscriberId,
  filters: filter,
  active: !queue.closed,
  events_delivered: queue.delivered,
  events_failed: queue.failed,
  events_dropped: queue.dropped,
  last_delivery:
    queue.lastDelivery === undefined ? null : new Date(time - (performance.now() - queue.lastDelivery)).toISOString(),
  ...options,
});

const queueFull = (event: SecurityEvent, subscribers: readonly string[]) =>
  new StudioError(
    'events/queue-full',
    `The queue of ${subscribers.join(', ')} is full and refused the event "${event.event_type}"; all other subscribers got it. Publish more slowly, or let the subscriber use the policy drop or block.`,
    { data: { event_id: event.event_id, subscribers } },
  );
