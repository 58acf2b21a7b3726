/** Runs of processors: events in, one after the other, and the events that the plugin publishes meanwhile. */
import { randomUUID } from 'node:crypto';
import { type EventRequest, EventRequestSchema } from '@shared/contracts';
import { requestCompleter } from '../complete-request';
import { objectsOf } from './json-sample';
import type { Fields, RunType } from './run-type';
import { EVENT_TIMEOUT_SECONDS, sendEvents } from './send-events';

const complete = requestCompleter(EventRequestSchema);

/** An event that says who it is keeps that, so that repeating a run repeats it. */
const identified = (event: Fields): Fields => ({
  event_id: randomUUID(),
  timestamp: new Date().toISOString(),
  ...event,
});

const isRequest = ({ events }: Fields) => Array.isArray(events);

export const processorRuns: RunType = {
  choices: {},
  identity: ['events'],
  requestsOf(sample) {
    const given = objectsOf(sample) ?? [
      { event_type: 'custom', event_name: sample.name, data: { message: sample.text.trim() } },
    ];
    const [first] = given;
    if (given.length === 1 && first !== undefined && isRequest(first)) return [{ label: sample.name, fields: first }];
    return [{ label: sample.name, fields: { events: given.map(identified) } }];
  },
  complete(given) {
    // What identifies a request of the contract, an event has itself.
    const { request_id, timestamp, source, ...request } = given;
    const { events, ...others } = complete({ delivery: 'process', ...request });
    return { ...others, events: events.map(identified) };
  },
  perform: (request, terms) => sendEvents(request as EventRequest, terms),
  events: { started: 'data.ingested', completed: 'data.processed', failed: 'data.processed' },
  timeoutSeconds: EVENT_TIMEOUT_SECONDS,
  worksBetweenCalls: true,
  keepsExchanges: true,
};
