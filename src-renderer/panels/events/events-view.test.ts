import { eventsService } from '@shared/contracts';
import { createMemoryPorts, createOffer, createRpcClient, type Dispose, type RpcClient, serve } from '@shared/rpc';
import { afterEach, describe, expect, it } from 'vitest';
import { createEventBus } from '../../../src-main/bus';
import { createEventStore } from '../../../src-main/event-store/event-store';
import { createCompiledCheck } from '../../../src-main/services/compiled-check';
import { createEventsService } from '../../../src-main/services/events-service';
import { createStudioClient } from '../../client/studio-client';
import { waitingRows } from './event-tail';
import { createEventsView, type EventsView, type EventsViewState } from './events-view';

const disposes: (() => unknown)[] = [];
afterEach(async () => {
  for (const dispose of disposes.splice(0).reverse()) await dispose();
});

/** The events of a host: a real bus and store. */
function hostOf(capacity: number) {
  const bus = createEventBus();
  const eventStore = createEventStore({ capacity });
  disposes.push(
    () => bus.close(),
    () => eventStore.close(),
    bus.onDidPublish.on((event) => void eventStore.append(event)),
  );
  const offer = createOffer();
  offer.add(
    eventsService,
    createEventsService(eventStore, bus, () => undefined),
  );
  return { bus, eventStore, offer };
}

/** The inspector of a window over a host. */
function inspector(capacity = 1000) {
  const { bus, eventStore, offer } = hostOf(capacity);
  const errors: unknown[] = [];
  const report = (error: unknown) => void errors.push(error);
  const check = createCompiledCheck();
  const rpc = createRpcClient(check, report);
  connect(rpc, offer);
  const client = createStudioClient(rpc);
  const view = createEventsView(client, report);
  let published = 0;
  const publish = (count: number, event_type = 'scan.completed') => {
    for (let times = 0; times < count; times++) {
      published += 1;
      bus.publish({ event_type, source: 'scanner:1.0.0', data: { number: published } });
    }
  };
  /** The host died, and another one has taken its place. */
  const replaceHost = () => {
    const next = hostOf(capacity);
    connect(rpc, next.offer);
    return next;
  };
  const reconnect = () => connect(rpc, offer);
  return { client, report, view, publish, errors, bus, eventStore, replaceHost, reconnect };
}

function connect(rpc: RpcClient, offer: ReturnType<typeof createOffer>): Dispose {
  const [near, far] = createMemoryPorts();
  const stop = serve(far, offer, { check: createCompiledCheck(), onError: (error) => expect(error).toBeUndefined() });
  disposes.push(stop);
  rpc.attach(near);
  return stop;
}

const until = (view: EventsView, holds: (state: EventsViewState) => boolean) =>
  new Promise<void>((resolve) => {
    const look = (state: EventsViewState) => {
      if (!holds(state)) return;
      stop();
      resolve();
    };
    const stop = view.subscribe(look);
    look(view.getState());
  });

const shown = ({ tail }: EventsViewState) => tail.shown.end - tail.shown.first;
const seqs = (view: EventsView) => {
  const { first, end } = view.getState().tail.shown;
  return Array.from({ length: end - first }, (_, index) => view.rowAt(first + index)?.seq);
};

describe('the event inspector', () => {
  it('misses nothing that is published while its first rows are read', async () => {
    const { client, report, publish, errors } = inspector();
    publish(2);
    const told = new Promise((resolve) => client.events.on('didChange', resolve));
    const readRows: typeof client.events.readRows = async (params) => {
      const rows = await client.events.readRows(params);
      if (params.start > 0) return rows;
      publish(3);
      await told;
      return rows;
    };
    const view = createEventsView({ ...client, events: { ...client.events, readRows } }, report);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    await until(view, ({ tail }) => tail.shown.end === 5);
    expect([seqs(view), view.getState().stats?.stored, errors]).toEqual([[1, 2, 3, 4, 5], 5, []]);
  });

  it('shows what was published before and what comes, newest at the end, and rows only when they are here', async () => {
    const { view, publish, errors } = inspector();
    publish(3);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    expect(seqs(view)).toEqual([1, 2, 3]);
    publish(2);
    await until(view, (state) => shown(state) === 5);
    expect(seqs(view)).toEqual([1, 2, 3, 4, 5]);
    expect(errors).toEqual([]);
  });

  it('does not move while paused, counts what waits, and catches up', async () => {
    const { view, publish } = inspector();
    publish(2);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    view.togglePause();
    publish(40);
    await until(view, ({ tail }) => waitingRows(tail) === 40);
    expect(seqs(view)).toEqual([1, 2]);
    view.togglePause();
    await until(view, (state) => shown(state) === 42);
    expect(view.getState().tail).toMatchObject({ paused: false, following: true });
  });

  it('keeps the numbers of rows while the store lets old ones go', async () => {
    const { view, publish } = inspector(10);
    publish(8);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    const before = view.rowAt(7)?.seq;
    publish(6);
    await until(view, ({ tail }) => tail.shown.end === 14);
    expect(view.getState().tail.shown.first).toBe(4);
    expect(view.rowAt(7)?.seq).toBe(before);
    expect(view.getState().stats?.evicted).toBe(4);
  });

  it('runs the filter that was typed, and never one that cannot be read', async () => {
    const { view, publish } = inspector();
    publish(3);
    publish(2, 'security.alert_triggered');
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    view.setText('type:security.**');
    await until(view, ({ applied }) => applied !== '');
    expect(seqs(view)).toEqual([4, 5]);
    view.setText('type:security.** prio:high');
    publish(1, 'security.alert_triggered');
    await until(view, (state) => shown(state) === 3);
    expect(view.getState().parsed.problems).toHaveLength(1);
    expect(view.getState().applied).toBe('type:security.**');
  });

  it('is empty after a clear, and shows what comes afterwards', async () => {
    const { view, publish } = inspector();
    publish(5);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    await view.clear();
    expect(shown(view.getState())).toBe(0);
    publish(1);
    await until(view, (state) => shown(state) === 1);
    expect(seqs(view)).toEqual([6]);
  });

  it('opens its query again when the connection is back', async () => {
    const { view, publish, reconnect } = inspector();
    publish(2);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    reconnect();
    publish(3);
    await until(view, (state) => shown(state) === 5);
    expect(seqs(view)).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes on live with a host that took the place of one that died, though it numbers its queries alike', async () => {
    const { view, publish, replaceHost, errors } = inspector();
    publish(3);
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    const { bus } = replaceHost();
    await until(view, (state) => shown(state) === 0);
    for (const number of [1, 2]) bus.publish({ event_type: 'later', source: 'scanner:1.0.0', data: { number } });
    await until(view, (state) => shown(state) === 2);
    expect([0, 1].map((index) => view.rowAt(index)?.type)).toEqual(['later', 'later']);
    expect(errors).toEqual([]);
  });

  it('keeps its filter while its panel is away, and then shows what came meanwhile', async () => {
    const { view, publish } = inspector();
    const leave = view.attach();
    view.setText('type:a');
    await until(view, ({ applied }) => applied === 'type:a');
    leave();
    publish(2, 'a');
    publish(2, 'b');
    disposes.push(view.attach());
    await until(view, ({ opened }) => opened);
    expect(shown(view.getState())).toBe(2);
  });

  it('leaves no query open in the host when its panel goes', async () => {
    const { view, eventStore } = inspector();
    for (let times = 0; times < 100; times++) {
      const leave = view.attach();
      await until(view, ({ opened }) => opened);
      leave();
    }
    expect(() => eventStore.openQuery({})).not.toThrow();
  });
});
