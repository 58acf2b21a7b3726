import type { EventFilter, SecurityEvent } from '@shared/schemas';
import { BusMetricsSchema, EventSubscriptionSchema } from '@shared/schemas';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, it } from 'vitest';
import { makeEvent, NOW } from './event.fixture';
import { createEventBus, type EventBus, type EventBusOptions, type FailedDelivery } from './event-bus';

const buses: EventBus[] = [];

function openBus(options: EventBusOptions = {}): EventBus {
  const bus = createEventBus(options);
  buses.push(bus);
  return bus;
}

afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close();
});

/** A subscriber that keeps the names of what it heard. */
function listen(bus: EventBus, filter?: EventFilter) {
  const heard: string[] = [];
  const subscription = bus.subscribe('listener', (events) => void heard.push(...events.map(nameOf)), filter);
  return { heard, subscription };
}

const nameOf = ({ event_name: name }: SecurityEvent) => name ?? '';
const publishNamed = (bus: EventBus, ...names: string[]) => {
  for (const name of names) bus.publish({ event_type: 'a.b', event_name: name });
};
const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at));
const oneOf = (bus: EventBus) => bus.listSubscriptions()[0];

describe('publish', () => {
  it('fills in the id and the times, and keeps those that are there', () => {
    const bus = openBus({ now: () => NOW });
    const filled = bus.publish({ event_type: 'scan.started' });
    expect(filled.event_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(filled).toMatchObject({ timestamp: '2026-11-22T12:00:00.000Z', created_at: '2026-11-22T12:00:00.000Z' });
    const kept = bus.publish({ event_type: 'scan.started', event_id: 'mine', timestamp: '2020-01-01T00:00:00Z' });
    expect(kept).toMatchObject({ event_id: 'mine', timestamp: '2020-01-01T00:00:00Z' });
  });

  it('returns before a subscriber hears of it', async () => {
    const bus = openBus();
    const { heard } = listen(bus);
    publishNamed(bus, 'one');
    expect(heard).toEqual([]);
    await bus.idle();
    expect(heard).toEqual(['one']);
  });

  it('reaches only those whose filter it passes', async () => {
    const bus = openBus();
    const { heard } = listen(bus, { event_types: ['scan.*'], min_priority: 'high', required_tags: ['x'] });
    bus.publish({ event_type: 'scan.failed', event_name: 'yes', priority: 'critical', tags: ['x'] });
    bus.publish({ event_type: 'scan.failed', event_name: 'too low', tags: ['x'] });
    bus.publish({ event_type: 'scan.failed', event_name: 'no tag', priority: 'high' });
    bus.publish({ event_type: 'data.ingested', event_name: 'other type', priority: 'high', tags: ['x'] });
    await bus.idle();
    expect(heard).toEqual(['yes']);
  });

  it('asks filters by age for the time of the event', async () => {
    const bus = openBus({ now: () => NOW });
    const { heard } = listen(bus, { max_age_seconds: 60 });
    bus.publish(makeEvent({ event_name: 'fresh' }));
    bus.publish(makeEvent({ event_name: 'old', timestamp: '2026-11-22T11:00:00Z' }));
    await bus.idle();
    expect(heard).toEqual(['fresh']);
  });

  it('tells the tap before any subscriber, and goes on where the tap throws', async () => {
    const bus = openBus();
    const order: string[] = [];
    bus.subscribe('immediate', () => void order.push('subscriber'), {}, { delivery_mode: 'sync' });
    bus.onDidPublish.on(() => {
      order.push('tap');
      throw new Error('the tap is broken');
    });
    expect(() => publishNamed(bus, 'one')).toThrow('the tap is broken');
    expect(order).toEqual(['tap', 'subscriber']);
  });

  it('keeps the latest events for those who come late, oldest first', () => {
    const bus = openBus({ historyCapacity: 3 });
    publishNamed(bus, 'one', 'two');
    expect(bus.history(10).map(nameOf)).toEqual(['one', 'two']);
    publishNamed(bus, 'three', 'four', 'five');
    expect(bus.history(10).map(nameOf)).toEqual(['three', 'four', 'five']);
    expect(bus.history(2).map(nameOf)).toEqual(['four', 'five']);
    expect(bus.history(0)).toEqual([]);
  });
});

describe('subscribe', () => {
  it('answers with the contract and its defaults', () => {
    const subscription = openBus().subscribe('me', () => undefined, { event_types: ['a.*'] });
    expect(Value.Check(EventSubscriptionSchema, subscription)).toBe(true);
    expect(subscription).toMatchObject({
      subscriber_id: 'me',
      filters: { event_types: ['a.*'] },
      delivery_mode: 'async',
      batch_size: 1,
      batch_timeout: 30,
      max_retries: 3,
      retry_delay: 5,
      max_queue_size: 1000,
      backpressure_policy: 'drop',
      active: true,
      events_delivered: 0,
      last_delivery: null,
    });
  });

  it('refuses what it cannot keep to, and subscribes nobody', () => {
    const bus = openBus();
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => bus.subscribe('me', () => undefined, { data_filters: ['$.x == 1'] })).toThrow(
      refused('events/unsupported-filter'),
    );
    expect(() => bus.subscribe('me', () => undefined, {}, { max_queue_size: 2_000_000 })).toThrow(
      refused('events/invalid-queue-size'),
    );
    expect(bus.listSubscriptions()).toEqual([]);
  });

  it('keeps the filter as it was, whatever becomes of the object', async () => {
    const bus = openBus();
    const filter = { event_types: ['a.b'] };
    const { heard } = listen(bus, filter);
    filter.event_types[0] = 'c.d';
    publishNamed(bus, 'one');
    await bus.idle();
    expect(heard).toEqual(['one']);
    expect(oneOf(bus)?.filters.event_types).toEqual(['a.b']);
  });

  it('counts what was delivered, and says when', async () => {
    const bus = openBus();
    listen(bus);
    publishNamed(bus, 'one', 'two');
    await bus.idle();
    expect(oneOf(bus)).toMatchObject({ events_delivered: 2, events_failed: 0, events_dropped: 0 });
    const age = Date.now() - Date.parse(oneOf(bus)?.last_delivery ?? '');
    expect(age).toBeGreaterThanOrEqual(-5);
    expect(age).toBeLessThan(10_000);
  });
});

describe('unsubscribe', () => {
  it('discards what is queued, at once', async () => {
    const bus = openBus();
    const { heard, subscription } = listen(bus);
    publishNamed(bus, 'one');
    expect(bus.unsubscribe(subscription.subscription_id)).toBe(true);
    await bus.idle();
    expect(heard).toEqual([]);
    expect(bus.unsubscribe(subscription.subscription_id)).toBe(false);
  });

  it('within a handler stops what is behind the event in its queue', async () => {
    const bus = openBus();
    const heard: string[] = [];
    const { subscription_id: id } = bus.subscribe('once', (events) => {
      heard.push(...events.map(nameOf));
      bus.unsubscribe(id);
    });
    publishNamed(bus, 'one', 'two');
    await bus.idle();
    expect(heard).toEqual(['one']);
  });

  it('while publish is on its way keeps the event from those who left meanwhile', async () => {
    const bus = openBus();
    const heard: string[] = [];
    let second = '';
    bus.subscribe('first', () => void bus.unsubscribe(second), {}, { delivery_mode: 'sync' });
    second = bus.subscribe('second', () => void heard.push('second')).subscription_id;
    publishNamed(bus, 'one');
    await bus.idle();
    expect(heard).toEqual([]);
  });
});

describe('in mode sync', () => {
  const sync = { delivery_mode: 'sync' } as const;

  it('a subscriber hears of the event before publish returns', () => {
    const bus = openBus();
    const heard: string[] = [];
    bus.subscribe('me', (events) => void heard.push(...events.map(nameOf)), {}, sync);
    publishNamed(bus, 'one');
    expect(heard).toEqual(['one']);
  });

  it('order is kept while an answer is awaited', async () => {
    const bus = openBus();
    const heard: string[] = [];
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    bus.subscribe(
      'me',
      (events) => {
        heard.push(...events.map(nameOf));
        return answered;
      },
      {},
      sync,
    );
    publishNamed(bus, 'one', 'two', 'three');
    expect(heard).toEqual(['one']);
    answer();
    await bus.idle();
    expect(heard).toEqual(['one', 'two', 'three']);
  });

  it('handlers that publish to each other neither recurse without end nor hold the publisher up', async () => {
    const bus = openBus();
    let calls = 0;
    const again = () => {
      calls += 1;
      if (calls < 5000) bus.publish({ event_type: 'a.b' });
    };
    bus.subscribe('one', again, {}, { ...sync, max_queue_size: 100_000 });
    bus.subscribe('two', again, {}, { ...sync, max_queue_size: 100_000 });
    bus.publish({ event_type: 'a.b' });
    expect(calls).toBeLessThan(20);
    await bus.idle();
    expect(calls).toBeGreaterThanOrEqual(5000);
  });
});

describe('in mode batch', () => {
  const batches = async (bus: EventBus, size: number, timeout: number, publish: () => void) => {
    const heard: string[][] = [];
    bus.subscribe(
      'me',
      (events) => void heard.push(events.map(nameOf)),
      {},
      { delivery_mode: 'batch', batch_size: size, batch_timeout: timeout },
    );
    publish();
    await bus.idle();
    return heard;
  };

  it('events come together, the rest when its time is up', async () => {
    const bus = openBus();
    const heard = await batches(bus, 3, 0.02, () => publishNamed(bus, ...numbers(7)));
    expect(heard).toEqual([['0', '1', '2'], ['3', '4', '5'], ['6']]);
  });

  it('a batch that is full does not wait', async () => {
    const bus = openBus();
    const heard = await batches(bus, 2, 3600, () => publishNamed(bus, 'one', 'two'));
    expect(heard).toEqual([['one', 'two']]);
  });

  it('a queue that is smaller than the batch is a full batch', async () => {
    const bus = openBus();
    const heard: number[] = [];
    const options = { delivery_mode: 'batch', batch_size: 50, batch_timeout: 3600, max_queue_size: 5 } as const;
    bus.subscribe('me', (events) => void heard.push(events.length), {}, options);
    publishNamed(bus, ...numbers(5));
    await bus.idle();
    expect(heard).toEqual([5]);
  });

  it('without a timeout comes whatever is there', async () => {
    const bus = openBus();
    const heard = await batches(bus, 100, 0, () => publishNamed(bus, ...numbers(7)));
    expect(heard).toEqual([numbers(7)]);
  });
});

describe('a delivery that fails', () => {
  it('is tried again, and holds back those behind it', async () => {
    const bus = openBus();
    const heard: string[] = [];
    let failures = 2;
    bus.subscribe(
      'me',
      (events) => {
        heard.push(...events.map(nameOf));
        if (failures > 0) {
          failures -= 1;
          throw new Error('not yet');
        }
      },
      {},
      { retry_delay: 0.01 },
    );
    publishNamed(bus, 'one', 'two');
    await bus.idle();
    expect(heard).toEqual(['one', 'one', 'one', 'two']);
    expect(oneOf(bus)).toMatchObject({ events_delivered: 2, events_failed: 0 });
  });

  it('counts as failed after its last try, is told of, and lets the next one go', async () => {
    const bus = openBus();
    const told: FailedDelivery[] = [];
    bus.onDidFail.on((failure) => void told.push(failure));
    let tries = 0;
    bus.subscribe(
      'me',
      async ([event]) => {
        tries += 1;
        if (event?.event_name === 'bad') throw new Error('never');
      },
      {},
      { max_retries: 2, retry_delay: 0 },
    );
    publishNamed(bus, 'bad', 'good');
    await bus.idle();
    expect(tries).toBe(4);
    expect(oneOf(bus)).toMatchObject({ events_delivered: 1, events_failed: 1 });
    expect(told.map(({ subscriberId, events, error }) => [subscriberId, events.map(nameOf), String(error)])).toEqual([
      ['me', ['bad'], 'Error: never'],
    ]);
  });

  it('goes on with the next one when whoever is told of it throws, which is told in turn', async () => {
    const told: string[] = [];
    const bus = openBus({ onError: (error) => void told.push(String(error)) });
    bus.onDidFail.on(() => {
      throw new Error('not my day');
    });
    const fail = () => Promise.reject(new Error('never'));
    bus.subscribe('me', fail, {}, { max_retries: 0 });
    publishNamed(bus, 'one', 'two');
    await bus.idle();
    expect(oneOf(bus)).toMatchObject({ events_failed: 2 });
    expect(told).toEqual(['Error: not my day', 'Error: not my day']);
  });

  it('does so, too, when it takes too long', async () => {
    const bus = openBus({ deliveryTimeoutMs: 20 });
    const errors: unknown[] = [];
    bus.onDidFail.on(({ error }) => void errors.push(error));
    bus.subscribe('me', () => new Promise<void>(() => undefined), {}, { max_retries: 1, retry_delay: 0 });
    publishNamed(bus, 'one');
    await bus.idle();
    expect(oneOf(bus)).toMatchObject({ events_delivered: 0, events_failed: 1 });
    expect(errors).toEqual([expect.objectContaining({ code: 'events/delivery-timeout' })]);
  });

  it('costs no other subscriber anything', async () => {
    const bus = openBus();
    const broken = bus.subscribe('broken', () => {
      throw new Error('always');
    });
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      bus.subscribe('listener', (events) => {
        heard.push(...events.map(nameOf));
        if (heard.length === 100) resolve();
      });
      publishNamed(bus, ...numbers(100));
    });
    expect(heard).toEqual(numbers(100));
    expect(bus.listSubscriptions().find(({ subscription_id: id }) => id === broken.subscription_id)).toMatchObject({
      events_delivered: 0,
    });
  });

  it('is one failed event when several subscribers could not handle it', async () => {
    const bus = openBus();
    for (const who of ['one', 'two']) {
      bus.subscribe(who, () => Promise.reject(new Error('no')), {}, { max_retries: 0 });
    }
    publishNamed(bus, 'event');
    await bus.idle();
    expect(bus.metrics()).toMatchObject({ failed_events: 1, failed_deliveries: 2, total_deliveries: 2 });
  });
});

describe('a queue that is full', () => {
  it('lets the oldest go and counts it, with the policy drop', async () => {
    const bus = openBus();
    const heard: string[] = [];
    bus.subscribe('me', (events) => void heard.push(...events.map(nameOf)), {}, { max_queue_size: 3 });
    publishNamed(bus, ...numbers(10));
    await bus.idle();
    expect(heard).toEqual(['7', '8', '9']);
    expect(oneOf(bus)).toMatchObject({ events_delivered: 3, events_dropped: 7 });
    expect(bus.droppedDeliveries).toBe(7);
  });

  it('refuses the newest and tells the publisher, with the policy error; the others hear of it', async () => {
    const bus = openBus();
    const refusing: string[] = [];
    const options = { max_queue_size: 1, backpressure_policy: 'error' } as const;
    bus.subscribe('small', (events) => void refusing.push(...events.map(nameOf)), {}, options);
    const { heard } = listen(bus);
    publishNamed(bus, 'one');
    expect(() => publishNamed(bus, 'two')).toThrow(
      expect.objectContaining({ code: 'events/queue-full', data: expect.objectContaining({ subscribers: ['small'] }) }),
    );
    await bus.idle();
    expect(refusing).toEqual(['one']);
    expect(heard).toEqual(['one', 'two']);
    expect(bus.history(10).map(nameOf)).toEqual(['one', 'two']);
  });

  it('makes publishers that ask wait, one after the other, and loses nothing, with the policy block', async () => {
    const bus = openBus();
    const heard: string[] = [];
    let most = 0;
    bus.subscribe(
      'slow',
      async (events) => {
        most = Math.max(most, bus.metrics().current_queue_size);
        await new Promise((resolve) => setImmediate(resolve));
        heard.push(...events.map(nameOf));
      },
      {},
      { max_queue_size: 4, backpressure_policy: 'block' },
    );
    const publisher = async (prefix: string) => {
      for (const number of numbers(50)) {
        await bus.ready();
        publishNamed(bus, prefix + number);
      }
    };
    await Promise.all(['a', 'b', 'c'].map(publisher));
    await bus.idle();
    for (const prefix of ['a', 'b', 'c']) {
      expect(heard.filter((name) => name.startsWith(prefix))).toEqual(numbers(50).map((number) => prefix + number));
    }
    expect(oneOf(bus)).toMatchObject({ events_delivered: 150, events_dropped: 0 });
    expect(most).toBeLessThanOrEqual(4 + 3);
  });

  it('that blocks is bounded for publishers that do not ask, and counts what it refuses', async () => {
    const bus = openBus();
    bus.subscribe('slow', () => undefined, {}, { max_queue_size: 10, backpressure_policy: 'block' });
    publishNamed(bus, ...numbers(2000));
    expect(bus.metrics().current_queue_size).toBe(10 + 1024);
    await bus.idle();
    expect(oneOf(bus)).toMatchObject({ events_delivered: 1034, events_dropped: 966 });
    await bus.ready();
  });

  it('lets waiting publishers go when its subscriber leaves', async () => {
    const bus = openBus();
    const options = { max_queue_size: 1, backpressure_policy: 'block' } as const;
    const { subscription_id: stuck } = bus.subscribe('stuck', () => new Promise<void>(() => undefined), {}, options);
    publishNamed(bus, 'in delivery');
    await new Promise((resolve) => setImmediate(resolve));
    publishNamed(bus, 'queued');
    let passed = false;
    const waiting = bus.ready().then(() => {
      passed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(passed).toBe(false);
    bus.unsubscribe(stuck);
    await waiting;
    expect(passed).toBe(true);
  });
});

describe('the host', () => {
  it('goes on working while handlers publish without end', async () => {
    const bus = openBus();
    const { subscription_id: id } = bus.subscribe('loop', () => void bus.publish({ event_type: 'a.b' }));
    bus.publish({ event_type: 'a.b' });
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    expect(bus.metrics().total_events).toBeGreaterThan(50);
    bus.unsubscribe(id);
    await bus.idle();
  });

  it('is held up for a few milliseconds at a time, however slow the handlers', async () => {
    const bus = openBus();
    const work = () => {
      for (const until = performance.now() + 1; performance.now() < until; );
    };
    for (const who of numbers(5)) bus.subscribe(who, work);
    publishNamed(bus, ...numbers(40));
    const sliceLengths: number[] = [];
    let isIdle = false;
    const idle = bus.idle().then(() => {
      isIdle = true;
    });
    let delivered = 0;
    while (!isIdle) {
      await new Promise((resolve) => setImmediate(resolve));
      const { total_deliveries: now } = bus.metrics();
      sliceLengths.push(now - delivered);
      delivered = now;
    }
    await idle;
    // A delivery takes 1 ms: their number tells the length of a slice, whatever else the machine does.
    expect(Math.max(...sliceLengths)).toBeLessThanOrEqual(8);
    expect(delivered).toBe(200);
  });
});

describe('metrics', () => {
  it('are the contract', async () => {
    const bus = openBus({ now: () => NOW });
    listen(bus);
    bus.publish({ event_type: 'scan.started', source: 'one', priority: 'high' });
    bus.publish({ event_type: 'scan.started', source: 'two' });
    bus.publish({ event_type: '__proto__', source: 'two', priority: 'info' });
    expect(bus.metrics()).toMatchObject({ current_queue_size: 3 });
    await bus.idle();
    const metrics = bus.metrics();
    expect(Value.Check(BusMetricsSchema, metrics)).toBe(true);
    expect(metrics).toMatchObject({
      total_events: 3,
      events_by_source: { one: 1, two: 2 },
      events_by_priority: { high: 1, medium: 1, info: 1 },
      current_queue_size: 0,
      max_queue_size: 3,
      active_subscriptions: 1,
      total_deliveries: 3,
      failed_deliveries: 0,
      window_start: '2026-11-22T12:00:00.000Z',
    });
    expect(Object.entries(metrics.events_by_type)).toEqual([
      ['scan.started', 2],
      ['__proto__', 1],
    ]);
    expect(metrics.average_processing_time).toBeGreaterThan(0);
  });

  it('stay bounded when a publisher invents names without end', () => {
    const bus = openBus();
    for (const number of numbers(6000)) bus.publish({ event_type: `type.${number}`, source: number, priority: number });
    const { events_by_type: types, events_by_source: sources, events_by_priority: priorities } = bus.metrics();
    for (const counts of [types, sources, priorities]) {
      expect(Object.keys(counts).length).toBeLessThanOrEqual(4097);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(6000);
    }
  });
});

describe('close', () => {
  it('ends all subscriptions, and takes what is published later without a subscriber', async () => {
    const bus = openBus();
    const { heard } = listen(bus);
    publishNamed(bus, 'one');
    await bus.close();
    publishNamed(bus, 'two');
    await bus.idle();
    expect(heard).toEqual([]);
    expect(bus.history(10).map(nameOf)).toEqual(['one', 'two']);
    expect(() => bus.subscribe('late', () => undefined)).toThrow(expect.objectContaining({ code: 'events/closed' }));
  });

  it('does not wait for the next try of what failed', async () => {
    const bus = openBus();
    bus.subscribe('me', () => Promise.reject(new Error('no')), {}, { retry_delay: 3600 });
    const failed = new Promise<FailedDelivery>((resolve) => bus.onDidFail.on(resolve));
    publishNamed(bus, 'one');
    await new Promise((resolve) => setImmediate(resolve));
    await bus.close();
    expect(String((await failed).error)).toBe('Error: no');
    await bus.idle();
  });
});
