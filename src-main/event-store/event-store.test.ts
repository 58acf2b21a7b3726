import type { EventQuery } from '@shared/contracts/events';
import { EventRowSchema } from '@shared/contracts/events';
import { compilePatterns, compileWildcards } from '@shared/event-filter/pattern';
import { rankOf } from '@shared/event-filter/priority';
import type { SecurityEvent } from '@shared/schemas';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, it } from 'vitest';
import { createEventBus } from '../bus/event-bus';
import { createEventStore, type EventStore, type EventStoreOptions, type QueryExtent } from './event-store';

const stores: EventStore[] = [];

function openStore(options: EventStoreOptions = {}): EventStore {
  const store = createEventStore(options);
  stores.push(store);
  return store;
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

let made = 0;
function makeEvent(fields: Partial<SecurityEvent> = {}): SecurityEvent {
  made += 1;
  return { event_id: `event-${made}`, event_type: 'a.b', timestamp: '2026-11-22T12:00:00.000Z', ...fields };
}

const fill = (store: EventStore, count: number, fields: Partial<SecurityEvent> = {}) => {
  for (let at = 0; at < count; at += 1) store.append(makeEvent(fields));
};

/** Resolves with the first news for which it holds. */
const until = (store: EventStore, holds: (changed: QueryExtent[]) => boolean) =>
  new Promise<QueryExtent[]>((resolve) => {
    const dispose = store.onDidChange.on((changed) => {
      if (!holds(changed)) return;
      dispose();
      resolve(changed);
    });
  });

/** The rows of a query once it went through everything. */
async function rowsOf(store: EventStore, query: EventQuery) {
  const { queryId } = store.openQuery(query);
  const all = await allRows(store, queryId);
  store.closeQuery(queryId);
  return all;
}

async function allRows(store: EventStore, queryId: number) {
  const rows = [];
  let read = store.readRows(queryId, 0, 1000);
  while (!read.complete || rows.length < read.total) {
    rows.push(...read.rows);
    const next = read.first + rows.length;
    read = store.readRows(queryId, next, next + 1000);
  }
  return rows;
}

const seqsOf = async (store: EventStore, query: EventQuery) => (await rowsOf(store, query)).map(({ seq }) => seq);

describe('the store', () => {
  it('numbers what is appended, and gives it back as it was', () => {
    const store = openStore();
    const event = makeEvent({ data: { text: 'naïve 🔒 "quoted" \\ \u0000', list: [1, null, { deep: true }] } });
    expect(store.append(makeEvent())).toBe(1);
    expect(store.append(event)).toBe(2);
    expect(store.read(2)).toEqual(event);
    expect(store.read(0)).toBeUndefined();
    expect(store.read(3)).toBeUndefined();
  });

  it('refuses an event that is not JSON, and goes on with the next', () => {
    const store = openStore();
    const data: Record<string, unknown> = {};
    data.self = data;
    expect(() => store.append(makeEvent({ data }))).toThrow(expect.objectContaining({ code: 'events/not-json' }));
    expect(store.append(makeEvent())).toBe(1);
    expect(store.read(1)).toBeDefined();
  });

  it('lets the oldest go when it is full, counts them, and uses no number twice', () => {
    const store = openStore({ capacity: 10 });
    fill(store, 25);
    expect(store.stats()).toMatchObject({ stored: 10, capacity: 10, published: 25, evicted: 15 });
    expect(store.read(15)).toBeUndefined();
    expect(store.read(16)).toMatchObject({ event_id: `event-${made - 9}` });
    store.clear();
    expect(store.stats()).toMatchObject({ stored: 0, published: 25, evicted: 15 });
    expect(store.read(25)).toBeUndefined();
    expect(store.append(makeEvent())).toBe(26);
  });

  it('holds many thousands over many chunks, and reads any of them', () => {
    const store = openStore({ capacity: 30_000 });
    for (let at = 1; at <= 50_000; at += 1) store.append(makeEvent({ event_type: `type.${at}` }));
    expect(store.stats()).toMatchObject({ stored: 30_000, evicted: 20_000 });
    for (const seq of [20_001, 24_576, 24_577, 32_768, 32_769, 49_999, 50_000]) {
      expect(store.read(seq)?.event_type).toBe(`type.${seq}`);
    }
    expect(store.read(20_000)).toBeUndefined();
  });

  it('keeps fewer events when they are large', () => {
    const store = openStore({ textBytes: 20_000_000 });
    fill(store, 60, { data: { text: 'x'.repeat(1_000_000) } });
    const { stored, evicted } = store.stats();
    expect(stored + evicted).toBe(60);
    expect(stored).toBeGreaterThan(10);
    expect(stored).toBeLessThan(26);
    expect(store.read(60)).toBeDefined();
    expect(store.read(60 - stored)).toBeUndefined();
  });

  it('takes events from the bus in the order in which they were published', async () => {
    const store = openStore();
    const bus = createEventBus();
    bus.onDidPublish.on((event) => void store.append(event));
    bus.subscribe(
      'echo',
      () => void bus.publish({ event_type: 'second' }),
      { event_types: ['first'] },
      { delivery_mode: 'sync' },
    );
    bus.publish({ event_type: 'first' });
    await bus.idle();
    expect((await rowsOf(store, {})).map(({ type }) => type)).toEqual(['first', 'second']);
    await bus.close();
  });
});

describe('a query', () => {
  it('answers with rows for the table', async () => {
    const store = openStore();
    store.append(
      makeEvent({
        priority: 'high',
        source: 'linter:1.0.0',
        tags: ['x'],
        correlation_id: 'run-1',
        data: { ip: '::1' },
      }),
    );
    store.append(makeEvent());
    const [row, bare] = await rowsOf(store, {});
    expect(row).toEqual({
      seq: 1,
      timestamp: '2026-11-22T12:00:00.000Z',
      type: 'a.b',
      priority: 'high',
      source: 'linter:1.0.0',
      tags: ['x'],
      correlationId: 'run-1',
      summary: 'ip: ::1',
    });
    expect(Value.Check(EventRowSchema, row)).toBe(true);
    expect(Value.Check(EventRowSchema, bare)).toBe(true);
  });

  it('finds by each of its fields', async () => {
    const store = openStore();
    store.append(makeEvent({ event_type: 'scan.started', source: 'linter:1.0.0', tags: ['x', 'y'], priority: 'low' }));
    store.append(makeEvent({ event_type: 'scan.failed', source: 'host', tags: ['y'], priority: 'critical' }));
    store.append(makeEvent({ event_type: 'data.a.b', correlation_id: 'run-1', priority: 'info' }));
    const cases: [EventQuery, number[]][] = [
      [{ types: ['scan.*'] }, [1, 2]],
      [{ types: ['data.**'] }, [3]],
      [{ excludeTypes: ['scan.failed'] }, [1, 3]],
      [{ sources: ['linter*'] }, [1]],
      [{ excludeSources: ['linter*', 'host'] }, [3]],
      [{ minPriority: 'low' }, [1, 2]],
      [{ tags: ['x', 'y'] }, [1]],
      [{ tags: ['y'] }, [1, 2]],
      [{ correlationId: 'run-1' }, [3]],
      [{ correlationId: 'run-2' }, []],
      [{ types: [], sources: [], tags: [], texts: [''] }, [1, 2, 3]],
      [{ types: ['scan.*'], minPriority: 'high' }, [2]],
    ];
    for (const [query, seqs] of cases) expect([query, await seqsOf(store, query)]).toEqual([query, seqs]);
  });

  it('finds a text anywhere in the JSON, whatever the case, within and beyond ASCII', async () => {
    const store = openStore();
    store.append(makeEvent({ data: { message: 'Connection REFUSED' } }));
    store.append(makeEvent({ data: { path: 'C:\\Temp\\"x"' } }));
    store.append(makeEvent({ data: { message: 'Zürich ÉCOLE' } }));
    store.append(makeEvent({ data: { deep: { list: ['needle'] } }, tags: ['refused'] }));
    const cases: [string[], number[]][] = [
      [['refused'], [1, 4]],
      [['refused', 'NEEDLE'], [4]],
      [['c:\\temp\\"X"'], [2]],
      [['"list":["needle"]'], [4]],
      [['école'], [3]],
      [['zürich'], [3]],
      [['2026-11-22'], [1, 2, 3, 4]],
      [['}{'], []],
      [['nowhere'], []],
    ];
    for (const [texts, seqs] of cases) expect([texts, await seqsOf(store, { texts })]).toEqual([texts, seqs]);
  });

  it('agrees with looking at every event, whatever is asked', async () => {
    const words = ['Alpha', 'beta', 'GAMMA', 'délta', 'e"psilon', '🔒'];
    const word = fc.constantFrom(...words);
    const event = fc.record({
      event_type: fc.constantFrom('a', 'a.b', 'b.c', 'b.c.d'),
      source: fc.constantFrom('one', 'two:1.0.0', undefined),
      priority: fc.constantFrom('critical', 'high', 'medium', 'low', 'info', undefined),
      tags: fc.option(fc.uniqueArray(fc.constantFrom('x', 'y', '', 'z\u0000')), { nil: undefined }),
      correlation_id: fc.constantFrom('one', 'two', null, undefined),
      data: fc.dictionary(word, word),
    });
    const rarely = <Found>(value: fc.Arbitrary<Found>) => fc.option(value, { freq: 2, nil: undefined });
    const query: fc.Arbitrary<EventQuery> = fc.record({
      types: rarely(fc.uniqueArray(fc.constantFrom('a', 'a.*', 'b.**', '*', '**'))),
      excludeTypes: rarely(fc.uniqueArray(fc.constantFrom('a.b', 'b.*'))),
      minPriority: rarely(fc.constantFrom('critical', 'high', 'medium', 'low')),
      sources: rarely(fc.uniqueArray(fc.constantFrom('one', 'two*', '*'))),
      excludeSources: rarely(fc.constant(['two:*'])),
      tags: rarely(fc.uniqueArray(fc.constantFrom('x', 'y', '', 'z\u0000'), { maxLength: 2 })),
      correlationId: rarely(fc.constantFrom('one', 'three')),
      texts: rarely(
        fc.array(fc.constantFrom('alpha', 'BETA', 'a', 'É', 'Dél', 'E"P', '🔒', '":"', 'zzz'), { maxLength: 2 }),
      ),
    });
    const matches = (wanted: EventQuery, { event_type: type, source = '', ...event }: SecurityEvent): boolean => {
      const text = JSON.stringify({ event_type: type, source, ...event }).toLowerCase();
      const hasText = (part: string) =>
        text.includes(part.toLowerCase()) || text.includes(JSON.stringify(part).slice(1, -1).toLowerCase());
      return [
        compilePatterns(wanted.types)?.(type) ?? true,
        !(compilePatterns(wanted.excludeTypes)?.(type) ?? false),
        compileWildcards(wanted.sources)?.(source) ?? true,
        !(compileWildcards(wanted.excludeSources)?.(source) ?? false),
        wanted.minPriority === undefined || rankOf(event.priority) >= rankOf(wanted.minPriority),
        (wanted.tags ?? []).every((tag) => event.tags?.includes(tag)),
        wanted.correlationId === undefined || event.correlation_id === wanted.correlationId,
        (wanted.texts ?? []).every(hasText),
      ].every(Boolean);
    };
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.array(event, { maxLength: 10 }),
        fc.array(query, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 5, max: 60 }),
        async (before, after, queries, capacity) => {
          const store = createEventStore({ capacity });
          const kept = (events: typeof before) => events.map((fields) => makeEvent(fields));
          const first = kept(before);
          for (const one of first) store.append(one);
          const ids = queries.map((wanted) => store.openQuery(wanted).queryId);
          const second = kept(after);
          for (const one of second) store.append(one);
          const all = [...first, ...second];
          const gone = Math.max(0, all.length - capacity);
          for (const [at, wanted] of queries.entries()) {
            const expected = all.flatMap((one, place) => (place >= gone && matches(wanted, one) ? [place + 1] : []));
            const rows = await allRows(store, ids[at] ?? 0);
            expect(rows.map(({ seq }) => seq)).toEqual(expected);
            found += expected.length;
          }
          store.close();
        },
      ),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  it('takes what comes without being opened again, and tells how many rows it has', async () => {
    const store = openStore();
    fill(store, 3);
    const { queryId, total, first } = store.openQuery({ types: ['wanted'] });
    expect([total, first]).toEqual([0, 0]);
    const told = until(store, (changed) => changed.length > 0);
    fill(store, 2, { event_type: 'wanted' });
    fill(store, 2);
    expect(await told).toEqual([{ queryId, total: 2, first: 0, complete: true }]);
    expect(store.readRows(queryId, 0, 10).rows.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it('keeps the numbers of its rows while the oldest go', async () => {
    const store = openStore({ capacity: 4 });
    fill(store, 4, { event_type: 'wanted' });
    const whole = store.openQuery({}).queryId;
    const some = store.openQuery({ types: ['wanted'] }).queryId;
    fill(store, 2);
    for (const [queryId, total, seqs] of [
      [whole, 4, [3, 4, 5, 6]],
      [some, 2, [3, 4]],
    ] as const) {
      const read = store.readRows(queryId, 0, 100);
      expect([read.first, read.total, read.rows.map(({ seq }) => seq)]).toEqual([2, total, seqs]);
      expect(store.readRows(queryId, 3, 4).rows.map(({ seq }) => seq)).toEqual([4]);
    }
    store.clear();
    fill(store, 1, { event_type: 'wanted' });
    expect(store.readRows(whole, 0, 100)).toMatchObject({ total: 1, first: 6, rows: [{ seq: 7 }] });
    expect(store.readRows(some, 0, 100)).toMatchObject({ total: 1, first: 4, rows: [{ seq: 7 }] });
  });

  it('goes through a large store in slices, and tells when it got further', async () => {
    const store = openStore();
    for (let at = 0; at < 200_000; at += 1) {
      store.append(
        makeEvent({ data: { message: `Line ${at} of a long story, ${at % 1000 === 0 ? 'told' : 'kept'}` } }),
      );
    }
    const { queryId, complete } = store.openQuery({ texts: ['TOLD'] });
    expect(complete).toBe(false);
    const [done] = await until(store, ([changed]) => changed?.complete === true);
    expect(done).toEqual({ queryId, total: 200, first: 0, complete: true });
  });

  it('answers at most 1,000 rows at a time', () => {
    const store = openStore();
    fill(store, 3000);
    const { queryId } = store.openQuery({});
    expect(store.readRows(queryId, 500, 3000).rows.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 1000 }, (_, at) => 501 + at),
    );
    expect(store.readRows(queryId, 3000, 4000).rows).toEqual([]);
  });

  it('is gone when it was closed', () => {
    const store = openStore();
    const { queryId } = store.openQuery({});
    store.closeQuery(queryId);
    expect(() => store.readRows(queryId, 0, 1)).toThrow(expect.objectContaining({ code: 'events/no-query' }));
  });

  it('is refused when there are too many already', () => {
    const store = openStore();
    for (let at = 0; at < 64; at += 1) store.openQuery({});
    expect(() => store.openQuery({})).toThrow(expect.objectContaining({ code: 'events/too-many-queries' }));
  });
});

describe('news', () => {
  it('come at most ten times a second, name only queries that changed, and end when nothing happens', async () => {
    const store = openStore();
    const whole = store.openQuery({});
    const never = store.openQuery({ types: ['never'] });
    const news: { time: number; perSecond: number; changed: QueryExtent[] }[] = [];
    store.onDidChange.on((changed) => {
      news.push({ time: performance.now(), perSecond: store.stats().perSecond, changed });
    });
    const until350 = performance.now() + 350;
    while (performance.now() < until350) {
      fill(store, 10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(store, () => store.stats().perSecond === 0);

    const seconds = ((news.at(-1)?.time ?? 0) - (news[0]?.time ?? 0)) / 1000;
    expect(news.length).toBeLessThanOrEqual(seconds * 10 + 2);
    expect(news.some(({ perSecond }) => perSecond > 0)).toBe(true);
    for (const opened of [whole, never]) {
      const told = [
        opened,
        ...news.flatMap(({ changed }) => changed.filter(({ queryId }) => queryId === opened.queryId)),
      ];
      for (const [at, extent] of told.slice(1).entries()) expect(extent).not.toEqual(told[at]);
      const total = opened === whole ? store.stats().published : 0;
      expect(told.at(-1)).toEqual({ queryId: opened.queryId, total, first: 0, complete: true });
    }
  });
});
