/** The order of severities, and the priority of the event that reports one. */
import type { Priority, Severity } from 'mcp-plugin-sdk';
import { SEVERITIES } from 'mcp-plugin-sdk';

/** Whether `severity` is `threshold` or worse. */
export const isAtLeast = (severity: Severity, threshold: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);

/** Negative where `left` is worse. */
export const compareSeverity = (left: Severity, right: Severity): number =>
  SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);

/** Events know no `info`. */
export const priorityOf = (severity: Severity): Priority => (severity === 'info' ? 'low' : severity);
