import { expect, test } from 'vitest';
import { createEventBus } from './event-bus';

const MEGABYTE = 1024 * 1024;
const large = () => ({ event_type: 'a.b', data: { parts: [{ text: 'x'.repeat(4 * MEGABYTE) }] } });
const small = { event_type: 'a.b', data: { text: 'x' } };

test('the history lets go of large events before they take more than 64 MB', () => {
  const bus = createEventBus();
  for (let at = 0; at < 40; at += 1) bus.publish(large());
  expect(bus.history(100)).toHaveLength(15);
  for (let at = 0; at < 100; at += 1) bus.publish(small);
  expect(bus.history(200)).toHaveLength(115);
});

test('a queue of large events is full at 64 MB, by each policy', async () => {
  const bus = createEventBus();
  const stay = () => new Promise<void>(() => undefined);
  const subscribe = (backpressure_policy: 'drop' | 'block' | 'error') =>
    bus.subscribe(backpressure_policy, stay, {}, { backpressure_policy, delivery_mode: 'batch', batch_size: 1000 });
  for (const policy of ['drop', 'block', 'error'] as const) subscribe(policy);
  const refused: unknown[] = [];
  for (let at = 0; at < 40; at += 1) {
    try {
      bus.publish(large());
    } catch (error) {
      refused.push(error);
    }
  }
  // 16 of 4 MB and a little are over 64 MB; one that blocks may be overrun by as much again.
  expect(bus.listSubscriptions().map(({ events_dropped }) => events_dropped)).toEqual([24, 8, 24]);
  expect(refused).toHaveLength(24);
  await bus.close();
});
