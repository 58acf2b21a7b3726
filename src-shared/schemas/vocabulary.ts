/**
 * The contract's closed lists as plain arrays. They are apart from the schemas so that a plugin, which needs the
 * words and not the checks, does not carry the schema library in its bundle.
 */

/** How bad a finding is, from the worst to the mildest. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** Classes of weakness. */
export const VULNERABILITY_TYPES = [
  'code_injection',
  'sql_injection',
  'xss',
  'authentication_bypass',
  'privilege_escalation',
  'buffer_overflow',
  'information_disclosure',
  'denial_of_service',
  'malware',
  'misconfiguration',
  'outdated_component',
  'weak_cryptography',
  'insecure_protocol',
  'other',
] as const;

/** Tactics of MITRE ATT&CK. */
export const MITRE_TACTICS = [
  'initial_access',
  'execution',
  'persistence',
  'privilege_escalation',
  'defense_evasion',
  'credential_access',
  'discovery',
  'lateral_movement',
  'collection',
  'command_and_control',
  'exfiltration',
  'impact',
] as const;

/** How thorough an analysis is, from the quickest. */
export const ANALYSIS_DEPTHS = ['quick', 'standard', 'deep'] as const;

/** The contract's types of indicators; a plugin may add its own. */
export const DATA_TYPES = ['ip', 'domain', 'hash', 'url', 'email', 'vulnerability'] as const;

/** What can be known about an indicator. */
export const ENRICHMENT_TYPES = [
  'threat_intel',
  'geolocation',
  'reputation',
  'malware_analysis',
  'domain_info',
  'ip_info',
  'file_analysis',
  'url_analysis',
  'cve_info',
  'mitre_mapping',
] as const;

/** Priorities of events, from the highest to the lowest. */
export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;

/** Event types that the platform knows; a plugin may publish types of its own. */
export const STANDARD_EVENT_TYPES = [
  'security.vulnerability_detected',
  'security.threat_detected',
  'security.incident_created',
  'security.incident_updated',
  'security.alert_triggered',
  'system.startup',
  'system.shutdown',
  'system.health_check',
  'system.config_updated',
  'plugin.loaded',
  'plugin.unloaded',
  'plugin.error',
  'plugin.config_updated',
  'analysis.started',
  'analysis.completed',
  'analysis.failed',
  'scan.started',
  'scan.completed',
  'scan.failed',
  'enrichment.requested',
  'enrichment.completed',
  'enrichment.failed',
  'notification.sent',
  'notification.failed',
  'notification.escalation_triggered',
  'data.ingested',
  'data.processed',
  'data.enriched',
  'data.exported',
  'custom',
] as const;
export type StandardEventType = (typeof STANDARD_EVENT_TYPES)[number];

/** How a subscriber gets its events: async and sync one by one, batch as a list. */
export const DELIVERY_MODES = ['async', 'sync', 'batch'] as const;

/** What happens to an event whose subscriber has a full queue. */
export const BACKPRESSURE_POLICIES = ['drop', 'block', 'error'] as const;

/** States of a plugin, in the order it goes through them; error is reached from any of them. */
export const LIFECYCLE_STATES = [
  'unloaded',
  'loading',
  'loaded',
  'initializing',
  'ready',
  'running',
  'stopping',
  'stopped',
  'error',
] as const;

/** Kinds of plugins. */
export const PLUGIN_TYPES = ['analyzer', 'enricher', 'scanner', 'notifier', 'processor', 'connector'] as const;

/** What a plugin can ask for in its manifest. */
export const PERMISSIONS = ['file_system_access', 'network_access', 'database_access', 'process_execution'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Why a notification is sent. */
export const NOTIFICATION_TYPES = ['alert', 'incident', 'report', 'status_update', 'escalation', 'resolution'] as const;

/** Where a notification can go. */
export const CHANNELS = [
  'email',
  'slack',
  'teams',
  'webhook',
  'sms',
  'pagerduty',
  'jira',
  'discord',
  'telegram',
] as const;

/** What a scan looks for. */
export const SCAN_TYPES = [
  'vulnerability',
  'malware',
  'network',
  'web_application',
  'container',
  'infrastructure',
  'compliance',
  'secrets',
  'dependencies',
  'static_code',
] as const;

/** How far a scan is. */
export const SCAN_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled', 'timeout'] as const;
