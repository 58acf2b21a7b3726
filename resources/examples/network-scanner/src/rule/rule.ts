/** A rule looks at one open port and says what is wrong there, if anything. */
import type { Severity, VulnerabilityType } from 'mcp-plugin-sdk';
import type { OpenPort } from '../probe/service';

export interface Issue {
  readonly rule: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly type: VulnerabilityType;
  readonly cwe_ids: readonly string[];
  readonly cve_ids?: readonly string[];
  /** From 0 to 1. */
  readonly confidence: number;
  readonly remediation: string;
  readonly references?: readonly string[];
  readonly evidence?: readonly string[];
}

export type Rule = (open: OpenPort) => Issue | readonly Issue[] | undefined;
