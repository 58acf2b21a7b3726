/**
 * What a plugin does on the event bus, done in its name. The bus never waits for a plugin: a publisher that must wait
 * for others is held back by its answer alone. A plugin reaches only its own subscriptions. Who published an event,
 * and in which run, is what the host knows: of the fields that say so the plugin chooses the correlation_id alone.
 */
import type { RunnerMessage } from '@shared/contracts/runner-protocol';
import { messageOf, StudioError, toWireError, type WireError } from '@shared/errors';
import { unknownFieldOf } from '@shared/event-filter/known-fields';
import type { EventInput, EventSubscription, SecurityEvent } from '@shared/schemas';
import type { EventBus } from '../bus';

export type BusMessage = Extract<
  RunnerMessage,
  { kind: 'publish' | 'subscribe' | 'unsubscribe' | 'list-subscriptions' | 'bus-metrics' | 'event-history' }
>;

/** Above what any plugin needs (one for each event type, many times over), below where matching slows the bus down. */
export const MOST_SUBSCRIPTIONS = 1_000;
/** The host keeps what waits for a plugin: so many events of the usual size are some 60 MB, with a slow plugin. */
export const LARGEST_QUEUE = 100_000;
/** Questions for the history of one plugin that wait to be answered. */
const MOST_HISTORIES = 100;

export interface BusBridgeOptions {
  readonly bus: EventBus;
  readonly pluginId: string;
  readonly instanceId: string;
  /** Hands events to the plugin; rejects where its callback throws. */
  readonly deliver: (subscriptionId: string, events: readonly SecurityEvent[]) => Promise<void>;
  readonly answer: (id: number, answer: { value?: unknown } | { error: WireError }) => void;
  /** Resolves when the plugin has read nearly all that it was sent. */
  readonly drained: () => Promise<void>;
  readonly runIdOf: (call: number | undefined) => string | undefined;
  readonly waitingEvents: number;
  /** Milliseconds that the answer to an event is to be late. */
  readonly heldBackMs: () => number;
}

export interface BusBridge {
  handle(message: BusMessage): void;
  /** Resolves when all that was published so far has gone out. */
  published(): Promise<void>;
  /** From now on no event comes in. */
  unsubscribe(): void;
  close(): void;
}

const isFor = (pluginId: string, event: SecurityEvent) => {
  const targets = event.metadata?.target_plugins;
  return !Array.isArray(targets) || targets.length === 0 || targets.includes(pluginId);
};

/** @throws StudioError events/too-many-subscriptions, events/invalid-queue-size */
function refuseTooMuch(subscriptions: number, queueSize: number): void {
  if (subscriptions >= MOST_SUBSCRIPTIONS) {
    throw new StudioError(
      'events/too-many-subscriptions',
      `This plugin has ${MOST_SUBSCRIPTIONS} subscriptions, and may have no more. ` +
        'Unsubscribe what is not needed, or let one subscription take several event types.',
      { data: { most: MOST_SUBSCRIPTIONS } },
    );
  }
  if (queueSize > LARGEST_QUEUE) {
    throw new StudioError(
      'events/invalid-queue-size',
      `max_queue_size is ${queueSize}, and may be ${LARGEST_QUEUE} at most for a plugin. Take events in batches instead.`,
      { data: { max_queue_size: queueSize, largest: LARGEST_QUEUE } },
    );
  }
}

/** @throws StudioError events/unknown-field */
function refuseUnknown(filter: object | undefined, terms: object | undefined): void {
  const fault = unknownFieldOf(filter, terms);
  if (fault !== undefined) throw new StudioError('events/unknown-field', fault);
}

/** What the host fills in, and the plugin does not know yet. */
const filledIn = ({
  event_id,
  timestamp,
  created_at,
  source,
  source_id,
  source_type,
  correlation_id,
}: SecurityEvent) => ({
  event_id,
  timestamp,
  created_at,
  source,
  source_id,
  source_type,
  ...(correlation_id ? { correlation_id } : {}),
});

export function createBusBridge(options: BusBridgeOptions): BusBridge {
  const { bus, pluginId, instanceId, deliver, answer, drained, runIdOf, waitingEvents, heldBackMs } = options;
  const own = new Set<string>();
  let waiting = 0;
  let closed = false;
  let tail: Promise<void> = Promise.resolve();
  let histories: Promise<void> = Promise.resolve();
  let historiesWaiting = 0;

  /** The event was parsed for nobody else, so it is completed in place. */
  const signFor = (event: EventInput, runId: string | undefined) => {
    event.source = pluginId;
    event.source_id = instanceId;
    event.source_type = 'plugin';
    if (runId !== undefined) event.correlation_id ??= runId;
  };

  /** Who awaits each publish() is slowed down so, and stays below the limit; who does not is on its own. */
  const answerInTime = (id: number, value: unknown) => {
    const wait = heldBackMs();
    if (wait === 0) answer(id, { value });
    else setTimeout(() => !closed && answer(id, { value }), wait).unref();
  };

  async function publishNow(id: number, event: EventInput, runId: string | undefined) {
    await bus.ready();
    waiting--;
    if (closed) return;
    try {
      answerInTime(id, filledIn(bus.publish(event, runId)));
    } catch (error) {
      answer(id, { error: toWireError(error) });
    }
  }

  function publish({ id, event, call }: Extract<BusMessage, { kind: 'publish' }>) {
    if (waiting >= waitingEvents) {
      const why = `${waiting} events of this plugin wait for subscribers already. Await publish() before the next.`;
      answer(id, { error: toWireError(new StudioError('events/queue-full', why)) });
      return;
    }
    waiting++;
    // Asked now: once the call has been answered, it is forgotten.
    const runId = runIdOf(call);
    signFor(event, runId);
    tail = tail.then(() => publishNow(id, event, runId));
  }

  function subscribe({ subscriber, filter, options: terms }: Extract<BusMessage, { kind: 'subscribe' }>) {
    refuseUnknown(filter, terms);
    refuseTooMuch(own.size, terms?.max_queue_size ?? 0);
    const subscription = bus.subscribe(
      subscriber,
      async (events) => {
        const wanted = events.filter((event) => isFor(pluginId, event));
        if (wanted.length > 0) await deliver(subscription.subscription_id, wanted);
      },
      filter,
      terms,
    );
    own.add(subscription.subscription_id);
    return subscription;
  }

  const ownSubscriptions = (): EventSubscription[] =>
    bus.listSubscriptions().filter(({ subscription_id }) => own.has(subscription_id));

  /** An answer may be large: each is made when the one before was read. */
  function answerHistory({ id, limit }: Extract<BusMessage, { kind: 'event-history' }>) {
    if (historiesWaiting >= MOST_HISTORIES) {
      const why = `${historiesWaiting} questions of this plugin for the history wait already. Await one before the next.`;
      answer(id, { error: toWireError(new StudioError('events/queue-full', why)) });
      return;
    }
    historiesWaiting++;
    histories = histories.then(drained).then(() => {
      historiesWaiting--;
      // What was meant for others is theirs afterwards, too.
      if (!closed) answer(id, { value: bus.history(limit).filter((event) => isFor(pluginId, event)) });
    });
  }

  function ask(message: Exclude<BusMessage, { kind: 'publish' | 'event-history' }>): unknown {
    switch (message.kind) {
      case 'subscribe':
        return subscribe(message);
      case 'unsubscribe':
        return own.delete(message.subscription) && bus.unsubscribe(message.subscription);
      case 'list-subscriptions':
        return ownSubscriptions();
      case 'bus-metrics':
        return bus.metrics();
    }
  }

  const unsubscribe = () => {
    for (const subscription of own) bus.unsubscribe(subscription);
    own.clear();
  };

  return {
    handle(message) {
      if (message.kind === 'publish') {
        publish(message);
        return;
      }
      if (message.kind === 'event-history') {
        answerHistory(message);
        return;
      }
      try {
        answer(message.id, { value: ask(message) });
      } catch (error) {
        const known = error instanceof StudioError ? error : new StudioError('events/refused', messageOf(error));
        answer(message.id, { error: toWireError(known) });
      }
    },
    published: () => tail,
    unsubscribe,
    close() {
      closed = true;
      unsubscribe();
    },
  };
}
