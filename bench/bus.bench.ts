/**
 * The bus beside what a program would use without it. The bus has its queues and its history on and gives each
 * event to its subscribers on a later turn; the others call them at once, through filters written by hand.
 */
import type { EventFilter, SecurityEvent } from '@shared/schemas';
import Emittery from 'emittery';
import { EventEmitter } from 'eventemitter3';
import { filter as pass, Subject } from 'rxjs';
import { createEventBus } from '../src-main/bus';
import { type Contenders, measureApart } from './apart';
import type { Contender, Row } from './bench';
import { handFilter } from './hand-filter';
import { HUNDRED_FILTERS, makeEvents, TEN_FILTERS } from './sample-events';

export const name = 'bus';

const EVENTS = 100_000;
/** The engine goes on improving the code for a million events or so. */
const ROUNDS = 20;
/** Emittery is so much slower that it does only a part. */
const EMITTERY_PART = 1 / 20;
/** So many different events, again and again: few enough to be as near to the processor as an event just made. */
const DIFFERENT = 1000;
/** Events that a publisher makes before it lets the process do other work. */
const BURST = 1024;

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

function ofEventEmitter(events: readonly SecurityEvent[], filters: readonly EventFilter[]): Contender {
  let heard = 0;
  const emitter = new EventEmitter<{ event: [SecurityEvent] }>();
  for (const filter of filters) {
    const wants = handFilter(filter);
    emitter.on('event', (event) => {
      if (wants(event)) heard += 1;
    });
  }
  return {
    name: 'eventemitter3, hand-written filters',
    run() {
      heard = 0;
      for (const event of events) emitter.emit('event', event);
      return heard;
    },
  };
}

function ofRxjs(events: readonly SecurityEvent[], filters: readonly EventFilter[]): Contender {
  let heard = 0;
  const subject = new Subject<SecurityEvent>();
  for (const filter of filters) {
    subject.pipe(pass(handFilter(filter))).subscribe(() => {
      heard += 1;
    });
  }
  return {
    name: 'rxjs, hand-written filters',
    run() {
      heard = 0;
      for (const event of events) subject.next(event);
      return heard;
    },
  };
}

function ofEmittery(events: readonly SecurityEvent[], filters: readonly EventFilter[]): Contender {
  let heard = 0;
  const emitter = new Emittery<{ event: SecurityEvent }>();
  for (const filter of filters) {
    const wants = handFilter(filter);
    emitter.on('event', ({ data }) => {
      if (wants(data)) heard += 1;
    });
  }
  const some = events.slice(0, events.length * EMITTERY_PART);
  return {
    name: 'emittery, hand-written filters',
    part: EMITTERY_PART,
    async run() {
      heard = 0;
      for (const event of some) await emitter.emit('event', event);
      return heard;
    },
  };
}

function ofBus(events: readonly SecurityEvent[], filters: readonly EventFilter[], batch: boolean): Contender {
  let heard = 0;
  const bus = createEventBus();
  const options = batch ? ({ delivery_mode: 'batch', batch_size: 256, batch_timeout: 0 } as const) : {};
  const deliver = (delivered: readonly SecurityEvent[]) => {
    heard += delivered.length;
  };
  filters.forEach((filter, at) => {
    bus.subscribe(`subscriber ${at}`, deliver, filter, { max_queue_size: 4096, ...options });
  });
  return {
    name: batch ? 'bus, in batches' : 'bus',
    async run() {
      heard = 0;
      for (let at = 0; at < events.length; at += 1) {
        bus.publish(events[at] as SecurityEvent);
        if (at % BURST === BURST - 1) await nextTurn();
      }
      await bus.idle();
      return heard;
    },
  };
}

const SIZES: Readonly<Record<string, readonly EventFilter[]>> = { 10: TEN_FILTERS, 100: HUNDRED_FILTERS };

type Maker = (events: readonly SecurityEvent[], filters: readonly EventFilter[]) => Contender;

/** The first is what the others are compared with. */
const MAKERS: Readonly<Record<string, Maker>> = {
  eventemitter3: ofEventEmitter,
  rxjs: ofRxjs,
  emittery: ofEmittery,
  bus: (events, filters) => ofBus(events, filters, false),
  batches: (events, filters) => ofBus(events, filters, true),
};

function publishedEvents(): SecurityEvent[] {
  const different = makeEvents(DIFFERENT);
  return Array.from({ length: EVENTS }, (_, at) => different[at % DIFFERENT] as SecurityEvent);
}

export const contenders: Contenders = Object.fromEntries(
  Object.entries(SIZES).flatMap(([size, filters]) =>
    Object.entries(MAKERS).map(([who, make]) => [`${who} ${size}`, () => make(publishedEvents(), filters)]),
  ),
);

async function compare(size: string): Promise<Row[]> {
  const names = Object.keys(MAKERS).map((who) => `${who} ${size}`);
  const measured = await measureApart(name, names, ROUNDS);
  const [baseline] = measured;
  return measured.map((contender) => ({
    case: `${size} subscribers`,
    contender: contender.name,
    value: Math.round(EVENTS / (contender.ms / 1000)),
    unit: 'events/s',
    ratio: (baseline?.ms ?? Number.NaN) / contender.ms,
    note: contender.did === baseline?.did ? undefined : `delivered ${contender.did}, not ${baseline?.did}`,
  }));
}

export async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of Object.keys(SIZES)) rows.push(...(await compare(size)));
  return rows;
}
