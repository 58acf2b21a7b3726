/** How bad the findings of a scan are together: the worst of them, and a little for every other. */
import { SEVERITIES, type Severity } from 'mcp-plugin-sdk';
import type { Finding } from './finding';

const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 9, high: 7, medium: 4.5, low: 2, info: 0 };
const MOST_FOR_OTHERS = 1;

export interface Risk {
  /** From 0 to 10. */
  readonly score: number;
  readonly level: Severity | 'none';
}

export function assessRisk(findings: readonly Pick<Finding, 'severity'>[]): Risk {
  const weights = findings.map(({ severity }) => WEIGHTS[severity]).filter((weight) => weight > 0);
  const worst = Math.max(0, ...weights);
  const others = weights.reduce((sum, weight) => sum + weight / 50, 0) - worst / 50;
  const score = Math.round(Math.min(10, worst + Math.min(MOST_FOR_OTHERS, Math.max(0, others))) * 10) / 10;
  const level = SEVERITIES.find((severity) => WEIGHTS[severity] > 0 && worst >= WEIGHTS[severity]);
  return { score, level: level ?? 'none' };
}
