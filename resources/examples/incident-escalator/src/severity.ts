/** Severities as ranks, and which one an event has: publishers say it in different places. */
import { PRIORITIES, type Priority, type SecurityEvent } from 'mcp-plugin-sdk';

const isSeverity = (value: unknown): value is Priority => (PRIORITIES as readonly unknown[]).includes(value);

/** What the finding says comes first, then the event, then how urgent the event is. Undefined for info and the like. */
export function severityOf({ data, severity, priority }: SecurityEvent): Priority | undefined {
  const stated = [data?.severity, severity, priority].find((value) => value !== undefined && value !== null);
  return isSeverity(stated) ? stated : undefined;
}

export const isAtLeast = (severity: Priority, least: Priority): boolean =>
  PRIORITIES.indexOf(severity) <= PRIORITIES.indexOf(least);

export const worse = (one: Priority, other: Priority): Priority => (isAtLeast(one, other) ? one : other);

/** One step worse; critical stays critical. */
export const raise = (severity: Priority): Priority => PRIORITIES[Math.max(0, PRIORITIES.indexOf(severity) - 1)]!;
