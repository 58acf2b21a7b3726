/**
 * The event store beside a list of plain objects, searched the way one would: cheap tests first, then the JSON. Both
 * hold the same events; a query counts how many match. The store never holds the process up meanwhile, the list does.
 */
import type { EventQuery } from '@shared/contracts/events';
import type { SecurityEvent } from '@shared/schemas';
import { createEventBus } from '../src-main/bus/event-bus';
import { createEventStore, type EventStore } from '../src-main/event-store/event-store';
import { type Contender, measure, processorMs, type Row } from './bench';
import { makeEvents } from './sample-events';

export const name = 'store';

const EVENTS = 500_000;
const APPENDED = 100_000;
const ROUNDS = 5;

const RANKS: Record<string, number> = { critical: 4, high: 3, medium: 2, low: 1 };

const CASES: readonly { what: string; query: EventQuery; test: (event: SecurityEvent) => boolean }[] = [
  {
    what: 'type and priority',
    query: { types: ['network.*'], minPriority: 'high' },
    test: (event) => (RANKS[event.priority ?? 'medium'] ?? 0) >= 3 && event.event_type.startsWith('network.'),
  },
  {
    what: 'text',
    query: { texts: ['RULE R777'] },
    test: (event) => JSON.stringify(event).toLowerCase().includes('rule r777'),
  },
  {
    what: 'type, priority and text',
    query: { types: ['network.*'], minPriority: 'high', texts: ['RULE R777'] },
    test: (event) =>
      (RANKS[event.priority ?? 'medium'] ?? 0) >= 3 &&
      event.event_type.startsWith('network.') &&
      JSON.stringify(event).toLowerCase().includes('rule r777'),
  },
];

/** Opens the query and reads until it went through everything. */
function ofStore(store: EventStore, query: EventQuery): Contender {
  return {
    name: 'event store',
    run() {
      const { queryId } = store.openQuery(query);
      let read = store.readRows(queryId, 0, 0);
      while (!read.complete) read = store.readRows(queryId, 0, 0);
      store.closeQuery(queryId);
      return read.total;
    },
  };
}

const ofObjects = (events: readonly SecurityEvent[], test: (event: SecurityEvent) => boolean): Contender => ({
  name: 'plain objects',
  run: () => events.filter(test).length,
});

async function compare(store: EventStore, events: readonly SecurityEvent[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { what, query, test } of CASES) {
    const measured = await measure([ofObjects(events, test), ofStore(store, query)], ROUNDS);
    const [baseline] = measured;
    for (const contender of measured) {
      rows.push({
        case: `${what}, ${EVENTS / 1000}k events`,
        contender: contender.name,
        value: contender.ms,
        unit: 'ms',
        ratio: (baseline?.ms ?? Number.NaN) / contender.ms,
        note: contender.did === baseline?.did ? undefined : `found ${contender.did}, not ${baseline?.did}`,
      });
    }
  }
  return rows;
}

/** Events that were just made, as those that a bus carries: near to the processor, not spread over the memory. */
function append(): Row {
  const events = makeEvents(1000);
  const store = createEventStore();
  const bus = createEventBus();
  bus.onDidPublish.on((event) => void store.append(event));
  const before = process.memoryUsage().external;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = processorMs();
    for (let at = 0; at < APPENDED; at += 1) bus.publish(events[at % events.length] as SecurityEvent);
    best = Math.min(best, processorMs() - began);
  }
  const bytes = (process.memoryUsage().external - before) / (APPENDED * ROUNDS);
  store.close();
  return {
    case: 'append',
    contender: 'event store behind the bus',
    value: Math.round(APPENDED / (best / 1000)),
    unit: 'events/s',
    note: `${Math.round(bytes)} bytes an event`,
  };
}

export async function run(): Promise<Row[]> {
  const appended = append();
  const events = makeEvents(EVENTS);
  const store = createEventStore();
  for (const event of events) store.append(event);
  const rows = [appended, ...(await compare(store, events))];
  store.close();
  return rows;
}
