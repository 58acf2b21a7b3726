import { expect, it, onTestFinished } from 'vitest';
import { createEventBus } from '../bus';
import { createEventStore } from '../event-store/event-store';
import { createEventsService } from './events-service';

it('windows that went away without a word do not keep the next one from looking', async () => {
  const bus = createEventBus();
  const store = createEventStore();
  onTestFinished(async () => {
    store.close();
    await bus.close();
  });
  const { calls } = createEventsService(store, bus, () => undefined);
  const { queryId: looking } = await calls.openQuery({ query: {} });
  const { queryId: left } = await calls.openQuery({ query: {} });
  for (let reloads = 0; reloads < 100; reloads++) {
    await calls.openQuery({ query: { types: ['a'] } });
    await calls.readRows({ queryId: looking, start: 0, end: 10 });
  }
  expect(() => calls.readRows({ queryId: left, start: 0, end: 10 })).toThrow('no open query');
});
