/** What is published of an incident. Each event names the one that led to it, and the incident's correlation. */
import type { EventInput, SecurityEvent } from 'mcp-plugin-sdk';
import type { Incident } from './incident';

export function incidentCreated(incident: Incident, cause: SecurityEvent): EventInput {
  return {
    ...common(incident, cause),
    event_type: 'security.incident_created',
    event_name: incident.title,
    data: { ...figuresOf(incident), finding: cause.data ?? {}, previous_incident_id: incident.previousId },
  };
}

export function incidentUpdated(incident: Incident, cause: SecurityEvent, change: string): EventInput {
  return {
    ...common(incident, cause),
    event_type: 'security.incident_updated',
    event_name: incident.title,
    data: { ...figuresOf(incident), change },
  };
}

export function alertTriggered(incident: Incident, cause: SecurityEvent, reason: string): EventInput {
  return {
    ...common(incident, cause),
    event_type: 'security.alert_triggered',
    event_name: `${incident.severity.toUpperCase()}: ${incident.title}`,
    data: { ...figuresOf(incident), alert_id: crypto.randomUUID(), reason },
  };
}

function figuresOf(incident: Incident): Record<string, unknown> {
  return {
    incident_id: incident.id,
    title: incident.title,
    severity: incident.severity,
    occurrences: incident.count,
    escalation_level: incident.level,
    first_seen: new Date(incident.openedAt).toISOString(),
    last_seen: new Date(incident.lastSeenAt).toISOString(),
  };
}

function common(incident: Incident, cause: SecurityEvent) {
  return {
    priority: incident.severity,
    severity: incident.severity,
    category: 'security',
    subcategory: 'incident',
    parent_event_id: cause.event_id,
    correlation_id: incident.correlationId,
    related_events: [...incident.eventIds],
    tags: ['incident', ...(incident.level > 0 ? ['escalated'] : []), ...(cause.tags ?? [])],
    labels: { incident_id: incident.id, reported_by: cause.source ?? '' },
  };
}
