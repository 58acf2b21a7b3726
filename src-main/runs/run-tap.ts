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

/** @param keeps whether the events themselves are wanted; they are counted in any case. */
export function tapRun(bus: EventBus, runId: string, keeps: boolean, onEvent: () => void): RunTap {
  let events: SecurityEvent[] = [];
  let eventsOmitted = 0;
  const close = bus.onDidPublishInRun.on(({ runId: publishedIn, event }) => {
    if (publishedIn !== runId) return;
    onEvent();
    if (!keeps) return;
    if (events.length < MOST_EVENTS) events.push(event);
    else eventsOmitted++;
  });
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
export function logOfRun(log: PluginLog, runId: string, after: number): { lines: LogEntry[]; missed: number } {
  const lines: LogEntry[] = [];
  let last = after;
  let missed = 0;
  for (;;) {
    const part = log.read(last, LINES_AT_ONCE);
    missed += part.missed;
    lines.push(...part.entries.filter((entry) => entry.runId === runId));
    const newest = part.entries.at(-1);
    if (newest === undefined) return { lines, missed };
    last = newest.seq;
  }
}
