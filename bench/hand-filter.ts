/** The filter that a careful programmer writes by hand where a library has none: no regular expressions, no surprises. */
import type { EventFilter, SecurityEvent } from '@shared/schemas';

const RANKS: Record<string, number> = { critical: 4, high: 3, medium: 2, low: 1 };

function typeTest(pattern: string): (type: string) => boolean {
  const part = pattern.replace('*', '');
  if (pattern.endsWith('.*')) return (type) => type.startsWith(part);
  if (pattern.startsWith('*.')) return (type) => type.endsWith(part);
  return (type) => type === pattern;
}

export function handFilter(filter: EventFilter): (event: SecurityEvent) => boolean {
  const types = filter.event_types?.map(typeTest);
  const least = filter.min_priority == null ? undefined : RANKS[filter.min_priority];
  const { required_tags: tags, sources } = filter;
  return (event) =>
    (types === undefined || types.some((test) => test(event.event_type))) &&
    (least === undefined || (RANKS[event.priority ?? 'medium'] ?? 0) >= least) &&
    (tags === undefined || tags.every((tag) => event.tags?.includes(tag))) &&
    (sources === undefined || sources.includes(event.source ?? ''));
}
