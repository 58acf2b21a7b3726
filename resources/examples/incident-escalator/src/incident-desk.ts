/**
 * Takes events and says what follows from them. It remembers no more than the configuration allows, and takes an event
 * once only, however often it is handed over.
 */
import type { EventInput, Priority, SecurityEvent } from 'mcp-plugin-sdk';
import { createBoundedMap } from './bounded-map';
import { addToIncident, type Incident, openIncident } from './incident';
import { alertTriggered, incidentCreated, incidentUpdated } from './incident-events';
import { incidentKeyOf } from './incident-key';
import type { Settings } from './settings';
import { isAtLeast, severityOf } from './severity';

export interface DeskFigures {
  readonly open_incidents: number;
  readonly events_taken: number;
  readonly duplicates: number;
  readonly escalations: number;
  /** Incidents that had to be forgotten before their window had passed. */
  readonly forgotten: number;
}

export interface IncidentDesk {
  /** @returns What is to be published, oldest first. */
  take(event: SecurityEvent): EventInput[];
  figures(): DeskFigures;
}

/** An event comes at most twice: over the bus, and handed to `process`. This many are told apart. */
const REMEMBERED_EVENTS = 5000;

export function createIncidentDesk(settings: () => Settings): IncidentDesk {
  const incidents = createBoundedMap<Incident>(() => settings().maxIncidents);
  const taken = createBoundedMap<true>(() => REMEMBERED_EVENTS);
  let events = 0;
  let duplicates = 0;
  let escalations = 0;
  let forgotten = 0;

  const keep = (key: string, incident: Incident, now: number) => {
    const gone = incidents.set(key, incident);
    if (gone !== undefined && now - gone.lastSeenAt < settings().windowMs) forgotten++;
  };

  const open = (key: string, event: SecurityEvent, severity: Priority, at: number, previous?: Incident) => {
    const incident = openIncident(event, severity, at, previous?.id);
    keep(key, incident, at);
    const created = incidentCreated(incident, event);
    if (!isAtLeast(severity, settings().alertSeverity)) return [created];
    return [created, alertTriggered(incident, event, `An incident of severity ${severity} was opened.`)];
  };

  const repeat = (key: string, event: SecurityEvent, severity: Priority, at: number, before: Incident) => {
    duplicates++;
    const incident = addToIncident(before, event, severity, at, settings());
    const isEscalated = incident.level > before.level;
    const isWorse = incident.severity !== before.severity;
    const isDue = at - before.updatedAt >= settings().updateIntervalMs;
    if (!isEscalated && !isWorse && !isDue) {
      keep(key, incident, at);
      return [];
    }
    const reported = { ...incident, updatedAt: at };
    keep(key, reported, at);
    if (isEscalated) escalations++;
    return reportChange(before, reported, event);
  };

  const reportChange = (before: Incident, incident: Incident, event: SecurityEvent): EventInput[] => {
    const { alertSeverity } = settings();
    if (incident.level > before.level) {
      const minutes = Math.round(settings().windowMs / 60_000);
      const reason = `${incident.recent.length} events came within ${minutes} minutes.`;
      return [incidentUpdated(incident, event, 'escalated'), alertTriggered(incident, event, reason)];
    }
    if (incident.severity === before.severity) return [incidentUpdated(incident, event, 'repeated')];
    const update = incidentUpdated(incident, event, 'severity_raised');
    const wasAlerted = isAtLeast(before.severity, alertSeverity);
    if (wasAlerted || !isAtLeast(incident.severity, alertSeverity)) return [update];
    return [update, alertTriggered(incident, event, `Its severity rose to ${incident.severity}.`)];
  };

  return {
    take(event) {
      if (taken.get(event.event_id)) return [];
      const severity = severityOf(event);
      if (severity === undefined || !isAtLeast(severity, settings().minSeverity)) return [];
      taken.set(event.event_id, true);
      events++;
      const { windowMs, incidentKeys } = settings();
      const at = timeOf(event);
      const key = incidentKeyOf(event, incidentKeys);
      const before = incidents.get(key);
      if (before !== undefined && at - before.lastSeenAt < windowMs) return repeat(key, event, severity, at, before);
      return open(key, event, severity, at, before);
    },
    figures: () => ({ open_incidents: incidents.size, events_taken: events, duplicates, escalations, forgotten }),
  };
}

/** Never later than now: an event from the future would hold its incident open. */
function timeOf({ timestamp }: SecurityEvent): number {
  const time = Date.parse(timestamp);
  return Number.isNaN(time) ? Date.now() : Math.min(time, Date.now());
}
