/** What a scan reports: one entry for each open port, and one for each thing that is wrong there. */
import { SEVERITIES, type Severity } from 'mcp-plugin-sdk';
import type { OpenPort, Service } from './probe/service';
import { findIssues } from './rule';
import type { Issue } from './rule/rule';

export interface Finding {
  readonly [field: string]: unknown;
  readonly finding_id: string;
  readonly rule_id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly host: string;
  readonly port: number;
}

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);

export function toFindings(open: OpenPort, detectedAt: string): Finding[] {
  return [openPortIssue(open), ...findIssues(open)].map((issue) => toFinding(open, issue, detectedAt));
}

function toFinding({ host, port, address, service }: OpenPort, issue: Issue, detected_at: string): Finding {
  const { rule, title, type, evidence = [], ...rest } = issue;
  const cve = issue.cve_ids?.[0];
  return {
    // The same hole of the same port has the same id in every scan.
    finding_id: [host, port, rule, ...(cve === undefined ? [] : [cve])].join('/'),
    rule_id: rule,
    title,
    host,
    port,
    protocol: 'tcp',
    address,
    vulnerability_type: type,
    service: service.name,
    product: service.product,
    version: service.version,
    evidence: [...(service.banner === undefined ? [] : [service.banner]), ...evidence],
    ...rest,
    detected_at,
  };
}

function openPortIssue({ port, service }: OpenPort): Issue {
  return {
    rule: 'open-port',
    title: `Port ${port} is open: ${nameOf(service)}`,
    description: 'A service answers here. Whether it should is for you to say.',
    severity: 'info',
    type: 'information_disclosure',
    cwe_ids: [],
    confidence: 1,
    remediation: 'Close the port where nobody needs it.',
  };
}

/** Such as `ssh (OpenSSH 9.2p1)`. */
export function nameOf({ name, product, version }: Service): string {
  const more = [product, version].filter((part) => part !== undefined).join(' ');
  return more === '' ? name : `${name} (${more})`;
}
