/**
 * Listens to what belongs to one run: its events on the bus and its lines in the plugin's log. An event belongs to the
 * run in which the host saw it published, whatever its correlation_id says.
 */
import type { LogEntry } from '@shared/contracts';
import type { Dispose } from '@shared/rpc';
import type { SecurityEvent } from '@shared/schemas';
import type { EventBus } from '../bus/event-bus';
import type { PluginLog } from '../runtime/plugin-log';

export interface RunTap {
  /** What has come since the last call. */
  takeEvents(): { events: SecurityEvent[]; eventsOmitted: number };
  readonly close: Dispose;
}

const MOST_EVENTS = 10_000;
const LINES_AT_ONCE = 1_000;

export interface TapOptions {
  readonly runId: string;
  /** The process of which every event belongs to the run, also one that it publishes between calls. */
  readonly instanceId: () => string | undefined;
  /** Whether the events themselves are wanted; they are counted in any case. */
  readonly keeps: boolean;
  readonly onEvent: () => void;
}

export function tapRun(bus: EventBus, { runId, instanceId, keeps, onEvent }: TapOptions): RunTap {
  let events: SecurityEvent[] = [];
  let eventsOmitted = 0;
  const take = (event: SecurityEvent) => {
    onEvent();
    if (!keeps) return;
    if (events.length < MOST_EVENTS) events.push(event);
    else eventsOmitted++;
  };
  const isOfProcess = (event: SecurityEvent) => event.source_id !== undefined && event.source_id === instanceId();
  const stops = [
    bus.onDidPublishInRun.on(({ runId: publishedIn, event }) => {
      if (publishedIn === runId && !isOfProcess(event)) take(event);
    }),
    bus.onDidPublish.on((event) => {
      if (isOfProcess(event)) take(event);
    }),
  ];
  const close = () => {
    for (const stop of stops) stop();
  };
  return {
    takeEvents() {
      const taken = { events, eventsOmitted };
      events = [];
      eventsOmitted = 0;
      return taken;
    },
    close,
  };
}

/** The lines of a run after the one with the number `after`; `missed` were written faster than the log can keep. */
export function logOfRun(
  log: PluginLog,
  runId: string,
  after: number,
  alsoBetweenCalls: boolean,
): { lines: LogEntry[]; missed: number } {
  const isOfRun = (entry: LogEntry) => entry.runId === runId || (alsoBetweenCalls && entry.runId === undefined);
  const lines: LogEntry[] = [];
  let last = after;
  let missed = 0;
  for (;;) {
    const part = log.read(last, LINES_AT_ONCE);
    missed += part.missed;
    lines.push(...part.entries.filter(isOfRun));
    const newest = part.entries.at(-1);
    if (newest === undefined) return { lines, missed };
    last = newest.seq;
  }
}
