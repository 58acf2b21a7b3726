/** The configuration as the rest uses it: every value present, and times in milliseconds. */
import type { Priority } from 'mcp-plugin-sdk';

/** `config_schema` of plugin.json, as a type. */
export interface IncidentEscalatorConfig {
  event_types?: string[];
  min_severity?: Priority;
  window_minutes?: number;
  incident_keys?: string[];
  alert_severity?: Priority;
  escalate_after?: number;
  update_interval_seconds?: number;
  max_incidents?: number;
}

export interface Settings {
  readonly eventTypes: readonly string[];
  readonly minSeverity: Priority;
  readonly windowMs: number;
  readonly incidentKeys: readonly string[];
  readonly alertSeverity: Priority;
  readonly escalateAfter: number;
  readonly updateIntervalMs: number;
  readonly maxIncidents: number;
}

export function readSettings(config: IncidentEscalatorConfig): Settings {
  return {
    eventTypes: config.event_types ?? ['security.vulnerability_detected', 'security.threat_detected'],
    minSeverity: config.min_severity ?? 'high',
    windowMs: (config.window_minutes ?? 60) * 60_000,
    incidentKeys: config.incident_keys ?? [
      'data.title',
      'data.affected_component',
      'data.file',
      'data.host',
      'data.port',
    ],
    alertSeverity: config.alert_severity ?? 'critical',
    escalateAfter: config.escalate_after ?? 5,
    updateIntervalMs: (config.update_interval_seconds ?? 30) * 1000,
    maxIncidents: config.max_incidents ?? 1000,
  };
}
