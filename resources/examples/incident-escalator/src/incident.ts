/** One incident, and how an event changes it. Times are those of the events, so that a replay gives the same. */
import type { Priority, SecurityEvent } from 'mcp-plugin-sdk';
import { raise, worse } from './severity';

/** The ids of this many events are kept; of the rest only the number. */
const MOST_EVENT_IDS = 20;

export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly severity: Priority;
  /** How often it was escalated. */
  readonly level: number;
  readonly openedAt: number;
  readonly lastSeenAt: number;
  readonly updatedAt: number;
  readonly count: number;
  /** Times of the events that count for the next escalation; never more than `escalateAfter * 2 ** level`. */
  readonly recent: readonly number[];
  readonly eventIds: readonly string[];
  readonly firstEventId: string;
  readonly correlationId: string;
  /** The incident of the same key before this one. */
  readonly previousId?: string;
}

export interface Escalation {
  readonly windowMs: number;
  readonly escalateAfter: number;
}

export function openIncident(event: SecurityEvent, severity: Priority, at: number, previousId?: string): Incident {
  const id = crypto.randomUUID();
  return {
    id,
    title: titleOf(event),
    severity,
    level: 0,
    openedAt: at,
    lastSeenAt: at,
    updatedAt: at,
    count: 1,
    recent: [at],
    eventIds: [event.event_id],
    firstEventId: event.event_id,
    correlationId: event.correlation_id ?? id,
    ...(previousId === undefined ? {} : { previousId }),
  };
}

/** The incident with one more event; `level` is higher where that escalates it. */
export function addToIncident(
  incident: Incident,
  event: SecurityEvent,
  severity: Priority,
  at: number,
  { windowMs, escalateAfter }: Escalation,
): Incident {
  const needed = escalateAfter * 2 ** incident.level;
  const recent = [...incident.recent, at].filter((time) => time > at - windowMs).slice(-needed);
  const isEscalated = recent.length >= needed;
  const stated = worse(incident.severity, severity);
  return {
    ...incident,
    severity: isEscalated ? raise(stated) : stated,
    level: isEscalated ? incident.level + 1 : incident.level,
    lastSeenAt: Math.max(incident.lastSeenAt, at),
    count: incident.count + 1,
    recent,
    eventIds: [...incident.eventIds, event.event_id].slice(-MOST_EVENT_IDS),
  };
}

function titleOf({ data, event_name, event_type }: SecurityEvent): string {
  const title = data?.title ?? event_name;
  return typeof title === 'string' && title !== '' ? title : event_type;
}
