/** What is published of a scan: its start, its end, and what it found that is worse than a hint. */
import type { EventInput, Priority, ScanResponse, Severity } from 'mcp-plugin-sdk';
import type { Finding } from './finding';
import type { ScanPlan } from './scan/scan-plan';

export function scanStarted({ scan_id, request_id }: ScanResponse, target: string, plan: ScanPlan): EventInput {
  return {
    event_type: 'scan.started',
    event_name: `Scan of ${target}`,
    priority: 'low',
    category: 'scan',
    data: { scan_id, request_id, target, profile: plan.profile, hosts: plan.hosts.length, ports: plan.steps.length },
    labels: { scan_id },
  };
}

/** A scan that was cancelled or ran out of time has failed, as far as the platform's types of events go. */
export function scanEnded({ scan_id, request_id, status, error_message, result }: ScanResponse): EventInput {
  const isCompleted = status === 'completed';
  return {
    event_type: isCompleted ? 'scan.completed' : 'scan.failed',
    event_name: `Scan of ${result?.target}`,
    priority: isCompleted ? 'low' : 'medium',
    category: 'scan',
    data: {
      scan_id,
      request_id,
      target: result?.target,
      status,
      error_message: error_message ?? undefined,
      duration: result?.duration,
      risk_score: result?.risk_score,
      risk_level: result?.risk_level,
      ...result?.summary,
    },
    labels: { scan_id },
  };
}

export function vulnerabilityDetected(finding: Finding, scanId: string): EventInput {
  return {
    event_type: 'security.vulnerability_detected',
    event_name: finding.title,
    priority: priorityOf(finding.severity),
    severity: finding.severity,
    category: 'security',
    subcategory: String(finding.vulnerability_type),
    data: {
      title: finding.title,
      host: finding.host,
      port: finding.port,
      service: finding.service,
      severity: finding.severity,
      vulnerability_id: finding.finding_id,
      cve_ids: finding.cve_ids,
    },
    tags: ['network-scan', finding.rule_id],
    labels: { scan_id: scanId },
  };
}

const priorityOf = (severity: Severity): Priority => (severity === 'info' ? 'low' : severity);
