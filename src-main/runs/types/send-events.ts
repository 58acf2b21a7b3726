/**
 * Hands events to a plugin one after the other and collects what it publishes. An event on which it fails is said, and
 * the next one sent; a plugin that ends or takes too long ends the run.
 */
import type { EventRequest, HandledEvent } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import type { SecurityEvent } from '@shared/schemas';
import { type Answer, failedAnswer, timeoutOf } from '../answer';
import type { CallTerms } from './run-type';

export const EVENT_TIMEOUT_SECONDS = 30;
const MOST_EVENTS = 10_000;

/** What the host says of a plugin's life in the plugin's name. */
const isOfLife = ({ event_type }: SecurityEvent) => /^plugin\.(loaded|unloaded|error|config_updated)$/.test(event_type);

export async function sendEvents(request: EventRequest, terms: CallTerms): Promise<Answer> {
  const { instance, bus, signal, interim } = terms;
  const { timeout = EVENT_TIMEOUT_SECONDS, delivery } = request;
  const published: SecurityEvent[] = [];
  const handled: HandledEvent[] = [];
  let left = 0;
  let current: string[] = [];
  const stopListening = bus.onDidPublish.on((event) => {
    if (event.source_id !== instance.instanceId || isOfLife(event)) return;
    if (published.length >= MOST_EVENTS) left++;
    else {
      published.push(event);
      current.push(event.event_id);
    }
  });
  const start = performance.now();
  const send = delivery === 'bus' ? publishOnBus : callProcess;
  let failure: { error: unknown } | undefined;
  let isOver = false;
  try {
    for (const event of request.events as SecurityEvent[]) {
      current = [];
      const began = performance.now();
      const error = await send(event, terms, timeoutOf(timeout)).then(
        () => undefined,
        (thrown: unknown) => ({ error: thrown }),
      );
      const said = error === undefined ? {} : { error_message: messageOf(error.error) };
      const duration = (performance.now() - began) / 1000;
      handled.push({ event_id: event.event_id, published: current, duration, ...said });
      failure ??= error;
      isOver = error !== undefined && !isOfPlugin(error.error);
      if (isOver) failure = error;
      if (isOver || signal.aborted) break;
      interim({
        response: { events: published, handled },
        resultCount: published.length,
        findings: [],
        progress: { done: handled.length, total: request.events.length, current: event.event_type, unit: 'event' },
      });
    }
  } finally {
    stopListening();
  }
  const response = { events: published, handled };
  const warnings = left === 0 ? [] : [`The plugin published ${left} more events than a run keeps.`];
  const base = { response, problems: [], findings: [], resultCount: published.length, warnings };
  const durationMs = performance.now() - start;
  if (failure !== undefined) return { ...failedAnswer(failure.error, signal, durationMs), ...base };
  if (!signal.aborted) return { ...base, outcome: 'success', durationMs };
  return {
    ...base,
    outcome: 'cancelled',
    error: { code: 'runs/cancelled', message: 'The run was stopped.' },
    durationMs,
  };
}

/** The plugin threw, and can go on with the next event. */
const isOfPlugin = (error: unknown) => error instanceof StudioError && error.code === 'plugins/plugin-error';

type Send = (event: SecurityEvent, terms: CallTerms, timeoutMs: number) => Promise<void>;

const callProcess: Send = async (event, { instance, runId, signal }, timeoutMs) => {
  await instance.invoke('process', [event], { timeoutMs, runId, signal });
};

/** Settles when every subscriber has had it. */
const publishOnBus: Send = async (event, { bus, runId, signal }, timeoutMs) => {
  await bus.ready();
  bus.publish(event, runId);
  let end = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(notDelivered(timeoutMs)), timeoutMs);
    const stop = () => resolve();
    signal.addEventListener('abort', stop, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    if (signal.aborted) stop();
  });
  await Promise.race([bus.idle(), ended]).finally(end);
};

const notDelivered = (timeoutMs: number) =>
  new StudioError(
    'plugins/timeout',
    `The event was not handled within ${timeoutMs / 1000} s. Give the request more time, or find out what takes so long.`,
    { data: { timeoutMs } },
  );
