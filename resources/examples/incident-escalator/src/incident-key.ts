/** What makes two events the same incident: the values of the configured paths, or the event's name where it has none. */
import type { SecurityEvent } from 'mcp-plugin-sdk';

export function incidentKeyOf(event: SecurityEvent, paths: readonly string[]): string {
  const parts = paths.map((path) => [path, valueAt(event, path)] as const).filter(([, value]) => value !== undefined);
  if (parts.length === 0) return JSON.stringify([event.event_type, event.event_name ?? '', event.source ?? '']);
  return JSON.stringify([event.event_type, ...parts]);
}

/** Own properties only, so that a path such as `data.constructor` finds nothing. */
function valueAt(event: SecurityEvent, path: string): string | number | boolean | undefined {
  let value: unknown = event;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
