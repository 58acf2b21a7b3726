import { describe, expect, it } from 'vitest';
import { EventError } from '../errors';
import { fakeClock } from './fake-clock';
import { createTestContext } from './test-context';

const bus = () => createTestContext({ plugin_id: 'sample:1.0.0' }).eventBus;

describe('the event bus of a test', () => {
  it('lets through what the filter says: min_priority high means high and critical', async () => {
    const events = bus();
    const heard: unknown[] = [];
    await events.subscribe('me', ({ priority }) => void heard.push(priority), {
      event_types: ['security.*'],
      min_priority: 'high',
    });
    for (const priority of ['low', 'medium', 'high', 'critical'] as const) {
      await events.publish({ event_type: 'security.threat_detected', priority });
    }
    await events.publish({ event_type: 'scan.failed', priority: 'critical' });
    await events.settled();
    expect(heard).toEqual(['high', 'critical']);
  });

  it('signs what the plugin publishes, and leaves what others send as it is', async () => {
    const events = bus();
    await events.publish({ event_type: 'custom', source: 'somebody' });
    await events.send({ event_type: 'custom', source: 'somebody' });
    expect(events.published.map(({ source }) => source)).toEqual(['sample:1.0.0', 'somebody']);
    expect(events.published[0]).toMatchObject({ source_type: 'plugin', event_id: expect.any(String) });
  });

  it('keeps a plugin event for those it is for', async () => {
    const events = bus();
    const heard: unknown[] = [];
    await events.subscribe('me', ({ event_type }) => void heard.push(event_type));
    await events.publishPluginEvent({ event_type: 'mine', plugin_id: 'x', target_plugins: ['sample:1.0.0'] });
    await events.publishPluginEvent({ event_type: 'other', plugin_id: 'x', target_plugins: ['other:1.0.0'] });
    await events.settled();
    expect(heard).toEqual(['mine']);
  });

  it('hands over batches when they are full, when their time has come, and when it settles', async () => {
    const clock = fakeClock('2026-01-01T00:00:00Z');
    try {
      const events = bus();
      const batches: number[] = [];
      const options = { delivery_mode: 'batch', batch_size: 2, batch_timeout: 1 } as const;
      await events.subscribe('me', (batch) => void batches.push(batch.length), undefined, options);
      for (let count = 0; count < 3; count++) await events.publish({ event_type: 'custom' });
      await clock.tick(999);
      expect(batches).toEqual([2]);
      await clock.tick(1);
      expect(batches).toEqual([2, 1]);
      await events.publish({ event_type: 'custom' });
      await events.settled();
      expect(batches).toEqual([2, 1, 1]);
    } finally {
      clock.restore();
    }
  });

  it('tries a callback that throws again, then keeps what it threw', async () => {
    const events = bus();
    let calls = 0;
    const fail = () => {
      calls++;
      throw new TypeError('no');
    };
    await events.subscribe('me', fail, undefined, { max_retries: 2 });
    await events.publish({ event_type: 'custom' });
    await events.settled();
    expect(calls).toBe(3);
    expect(events.failures).toEqual([expect.any(TypeError)]);
    expect(await events.listSubscriptions()).toMatchObject([{ events_delivered: 0, events_failed: 1 }]);
  });

  it('waits for what deliveries publish in their turn', async () => {
    const events = bus();
    const heard: string[] = [];
    await events.subscribe('first', async () => void (await events.publish({ event_type: 'second' })), {
      event_types: ['first'],
    });
    await events.subscribe('second', ({ event_type }) => void heard.push(event_type), { event_types: ['second'] });
    await events.publish({ event_type: 'first' });
    await events.settled();
    expect(heard).toEqual(['second']);
  });

  it('refuses what breaks the contract', async () => {
    const filters = { event_type: 'custom' };
    await expect(bus().subscribe('me', () => undefined, filters as object)).rejects.toThrow(
      '"event_type" is no field of an event filter. Did you mean "event_types"?',
    );
    await expect(bus().publish({ event_type: '' })).rejects.toBeInstanceOf(EventError);
    const endless = { event_types: ['a'.repeat(300)] };
    await expect(bus().subscribe('me', () => undefined, endless)).rejects.toBeInstanceOf(EventError);
  });

  it('ends a subscription once', async () => {
    const events = bus();
    const { subscription_id } = await events.subscribe('me', () => expect.unreachable());
    expect(await events.unsubscribe(subscription_id)).toBe(true);
    expect(await events.unsubscribe(subscription_id)).toBe(false);
    await events.publish({ event_type: 'custom' });
    await events.settled();
    expect(await events.getMetrics()).toMatchObject({ total_events: 1, active_subscriptions: 0, total_deliveries: 0 });
  });
});
