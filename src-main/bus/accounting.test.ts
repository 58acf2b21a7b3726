import { compileFilter } from '@shared/event-filter/compiled-filter';
import type { EventInput, SecurityEvent, SubscriptionOptions } from '@shared/schemas';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyEvent, anyFilter, NOW } from './event.fixture';
import { createEventBus, type EventBus } from './event-bus';

const options = fc.record({
  delivery_mode: fc.constantFrom('async', 'sync', 'batch'),
  batch_size: fc.integer({ min: 1, max: 4 }),
  batch_timeout: fc.constantFrom(0, 0.002),
  max_retries: fc.integer({ min: 0, max: 2 }),
  retry_delay: fc.constantFrom(0, 0.001),
  max_queue_size: fc.integer({ min: 1, max: 8 }),
  backpressure_policy: fc.constantFrom('drop', 'block', 'error'),
}) as fc.Arbitrary<SubscriptionOptions>;

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What a handler may do with an event. */
const WAYS = {
  return: () => undefined,
  throw: () => {
    throw new Error('thrown');
  },
  resolve: () => Promise.resolve(),
  reject: () => Promise.reject(new Error('rejected')),
  later: nextTurn,
  hang: () => new Promise<void>(() => undefined),
  publish: (bus: EventBus, echo: EventInput) => void publish(bus, echo),
};
const ways = Object.keys(WAYS) as (keyof typeof WAYS)[];
const handling = fc.array(fc.constantFrom(...ways), { minLength: 1, maxLength: 5 });

const subscribers = fc.array(fc.record({ filter: anyFilter, options, handling }), { minLength: 1, maxLength: 4 });
const step = fc.oneof({ weight: 8, arbitrary: anyEvent }, { weight: 1, arbitrary: fc.constant('turn' as const) });

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

function publish(bus: EventBus, event: EventInput): void {
  try {
    bus.publish(event);
  } catch (error) {
    expect(error).toMatchObject({ code: 'events/queue-full' });
  }
}

it('what is published to a subscriber is delivered, failed, dropped or queued, at any moment and in order', async () => {
  let delivered = 0;
  let failed = 0;
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(subscribers, fc.array(step, { maxLength: 40 }), async (wanted, steps) => {
      const bus = createEventBus({ deliveryTimeoutMs: 2, now: () => NOW });
      const published: SecurityEvent[] = [];
      bus.onDidPublish.on((event) => void published.push(event));
      let echoes = 0;

      const all = wanted.map(({ filter, options, handling }, at) => {
        const heard: SecurityEvent[] = [];
        let calls = 0;
        const deliver = (events: readonly SecurityEvent[]) => {
          heard.push(...events);
          const way = handling[calls % handling.length] ?? 'return';
          calls += 1;
          echoes += way === 'publish' ? 1 : 0;
          return WAYS[way === 'publish' && echoes > 5 ? 'return' : way](bus, { event_type: 'a.b' });
        };
        bus.subscribe(`subscriber ${at}`, deliver, filter, options);
        return { heard, wants: compileFilter(filter) };
      });

      const check = () => {
        const listed = bus.listSubscriptions();
        const known = listed.map((one) => one.events_delivered + one.events_failed + one.events_dropped);
        const expected = all.map(({ wants }) => published.filter((event) => wants(event, NOW)).length);
        const queued = expected.map((count, at) => count - (known[at] ?? 0));
        expect(Math.min(...queued)).toBeGreaterThanOrEqual(0);
        expect(sum(queued)).toBe(bus.metrics().current_queue_size);
        return listed;
      };

      for (const next of steps) {
        if (next === 'turn') await nextTurn();
        else publish(bus, next);
        check();
      }
      await bus.idle();
      const listed = check();
      delivered += sum(listed.map(({ events_delivered: count }) => count));
      failed += sum(listed.map(({ events_failed: count }) => count));
      dropped += sum(listed.map(({ events_dropped: count }) => count));
      for (const { heard } of all) {
        const places = heard.map((event) => published.indexOf(event));
        // What was tried again was heard again.
        const firstTimes = places.filter((place, at) => places.indexOf(place) === at);
        expect(firstTimes).toEqual([...firstTimes].sort((one, other) => one - other));
      }
      await bus.close();
    }),
    { numRuns: 300 },
  );
  expect(Math.min(delivered, failed, dropped)).toBeGreaterThan(0);
});
