/** Events and filters by chance, drawn from few enough words that they meet often. */
import type { EventFilter, SecurityEvent } from '@shared/schemas';
import fc from 'fast-check';

const TYPES = ['a', 'a.b', 'a.c', 'a.b.c', 'b', 'b.c', 'b.c.d', 'custom'];
const PATTERNS = [...TYPES, '*', '**', 'a.*', 'a.**', '*.c', '**.c', 'b.*.d', 'b.**.d', 'c*', 'a.b*'];
const SOURCES = ['one', 'two', 'three:1.0.0'];
const TAGS = ['x', 'y', 'z'];
const LABELS = { team: ['red', 'blue'], zone: ['red', 'north'] };

export const NOW = Date.parse('2026-11-22T12:00:00.000Z');

let lastEvent = 0;
export function makeEvent(fields: Partial<SecurityEvent> = {}): SecurityEvent {
  lastEvent += 1;
  const time = new Date(NOW).toISOString();
  return { event_id: `event-${lastEvent}`, event_type: 'a.b', timestamp: time, created_at: time, ...fields };
}

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const labels = fc.record(
  { team: fc.constantFrom(...LABELS.team), zone: fc.constantFrom(...LABELS.zone) },
  { requiredKeys: [] },
);

export const anyEvent: fc.Arbitrary<SecurityEvent> = fc
  .record({
    event_type: fc.constantFrom(...TYPES),
    source: some(fc.constantFrom(...SOURCES)),
    priority: some(fc.constantFrom('critical', 'high', 'medium', 'low', 'info', 'urgent')),
    tags: some(fc.uniqueArray(fc.constantFrom(...TAGS))),
    labels: some(labels),
    age: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ age, ...fields }) => makeEvent({ ...fields, timestamp: new Date(NOW - age * 1000).toISOString() }));

/** Most fields of a filter are absent, as in life; with all of them hardly anything would match. */
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(undefined, null) }, { weight: 1, arbitrary: value });
const list = (values: readonly string[]) =>
  rarely(fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 })).map((found) => found ?? undefined);
const priority = rarely(fc.constantFrom('critical', 'high', 'medium', 'low'));
const age = rarely(fc.integer({ min: 0, max: 10 }));
const fewLabels = rarely(labels).map((found) => found ?? undefined);

export const anyFilter = fc.record({
  event_types: list(PATTERNS),
  exclude_types: list(PATTERNS),
  sources: list(SOURCES),
  exclude_sources: list(SOURCES),
  min_priority: priority,
  max_priority: priority,
  required_tags: list(TAGS),
  forbidden_tags: list(TAGS),
  required_labels: fewLabels,
  forbidden_labels: fewLabels,
  min_age_seconds: age,
  max_age_seconds: age,
}) as fc.Arbitrary<EventFilter>;
