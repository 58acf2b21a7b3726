import { compileFilter } from '@shared/event-filter/compiled-filter';
import { rankOf } from '@shared/event-filter/priority';
import type { EventFilter, SecurityEvent } from '@shared/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent, anyFilter, makeEvent, NOW } from './event.fixture';
import { createMatcher } from './matcher';

/** The contract read aloud, slow and plain: what the index has to agree with. */
function naively(filter: EventFilter, event: SecurityEvent): boolean {
  const segmentsMatch = (pattern: readonly string[], name: readonly string[]): boolean => {
    const [first, ...rest] = pattern;
    if (first === undefined) return name.length === 0;
    const word = name[0];
    if (word === undefined) return false;
    if (first === '**') return name.some((_, at) => segmentsMatch(rest, name.slice(at + 1)));
    const fits = first.endsWith('*') ? word.startsWith(first.slice(0, -1)) : word === first;
    return fits && segmentsMatch(rest, name.slice(1));
  };
  const isAny = (patterns: readonly string[], name: string) =>
    patterns.some((pattern) => segmentsMatch(pattern.split('.'), name.split('.')));
  const order = ['info', 'low', 'medium', 'high', 'critical'];
  const height = (priority: string) => Math.max(0, order.indexOf(priority));
  const tags = event.tags ?? [];
  const labels = event.labels ?? {};
  const age = (NOW - Date.parse(event.timestamp)) / 1000;
  const {
    event_types: types = [],
    exclude_types: noTypes = [],
    sources = [],
    exclude_sources: noSources = [],
  } = filter;
  return [
    types.length === 0 || isAny(types, event.event_type),
    !isAny(noTypes, event.event_type),
    sources.length === 0 || sources.includes(event.source ?? ''),
    !noSources.includes(event.source ?? ''),
    filter.min_priority == null || height(event.priority ?? 'medium') >= height(filter.min_priority),
    filter.max_priority == null || height(event.priority ?? 'medium') <= height(filter.max_priority),
    (filter.required_tags ?? []).every((tag) => tags.includes(tag)),
    !(filter.forbidden_tags ?? []).some((tag) => tags.includes(tag)),
    Object.entries(filter.required_labels ?? {}).every(([name, value]) => labels[name] === value),
    !Object.entries(filter.forbidden_labels ?? {}).some(([name, value]) => labels[name] === value),
    filter.min_age_seconds == null || age >= filter.min_age_seconds,
    filter.max_age_seconds == null || age <= filter.max_age_seconds,
  ].every(Boolean);
}

const FILTERS = 10;
const EVENTS = 10;

describe('the matcher', () => {
  it('agrees with the contract read aloud on 50,000 pairs of filter and event', () => {
    let matched = 0;
    const many = <Value>(value: fc.Arbitrary<Value>, length: number) =>
      fc.array(value, { minLength: length, maxLength: length });
    fc.assert(
      fc.property(many(anyFilter, FILTERS), many(anyEvent, EVENTS), (filters, events) => {
        const matcher = createMatcher<number, undefined>(() => undefined);
        filters.forEach((filter, at) => {
          matcher.add(filter, at);
        });
        const expected = events.map((event) => filters.flatMap((filter, at) => (naively(filter, event) ? [at] : [])));
        const indexed = events.map((event) =>
          (matcher.find(event.event_type).byRank[rankOf(event.priority)] ?? [])
            .filter(({ rest }) => rest === undefined || rest(event, NOW))
            .map(({ target }) => target),
        );
        const compiled = filters.map(compileFilter);
        const asked = events.map((event) => compiled.flatMap((passes, at) => (passes(event, NOW) ? [at] : [])));
        expect(indexed).toEqual(expected);
        expect(asked).toEqual(expected);
        matched += expected.flat().length;
      }),
      { numRuns: 500 },
    );
    expect(matched).toBeGreaterThan(1000);
  });

  it('forgets who left and hears who came, also for types that it has seen', () => {
    const matcher = createMatcher<string, undefined>(() => undefined);
    const leave = matcher.add({ event_types: ['a.*'] }, 'first');
    const whoHears = () => (matcher.find('a.b').byRank[2] ?? []).map(({ target }) => target);
    expect(whoHears()).toEqual(['first']);
    matcher.add({}, 'second');
    expect(whoHears()).toEqual(['first', 'second']);
    leave();
    expect(whoHears()).toEqual(['second']);
  });

  it('stays right, and works a type out again, after more types than it keeps', () => {
    let workedOut = 0;
    const matcher = createMatcher<string, undefined>(() => {
      workedOut += 1;
    });
    matcher.add({ event_types: ['type.1'] }, 'one');
    for (let at = 0; at < 5000; at += 1) matcher.find(`type.${at}`);
    matcher.find('type.4999');
    expect(workedOut).toBe(5000);
    expect((matcher.find('type.1').byRank[2] ?? []).map(({ target }) => target)).toEqual(['one']);
    expect(workedOut).toBe(5001);
  });
});

describe('a filter', () => {
  const passes = (filter: EventFilter, fields: Partial<SecurityEvent>) => compileFilter(filter)(makeEvent(fields), NOW);

  it('lets high and critical through for min_priority high, and nothing that the bus does not know', () => {
    const through = ['critical', 'high', 'medium', 'low', 'info'].filter((priority) =>
      passes({ min_priority: 'high' }, { priority }),
    );
    expect(through).toEqual(['critical', 'high']);
    expect(passes({ min_priority: 'low' }, { priority: 'info' })).toBe(false);
    expect(passes({ max_priority: 'low' }, { priority: 'info' })).toBe(true);
  });

  it('takes an event without a priority for a medium one', () => {
    expect(passes({ min_priority: 'medium', max_priority: 'medium' }, {})).toBe(true);
  });

  it('by age lets nothing through whose time cannot be read', () => {
    expect(passes({ max_age_seconds: 60 }, { timestamp: 'yesterday' })).toBe(false);
  });

  it('restricts nothing where it is empty', () => {
    expect(passes({ event_types: [], data_filters: [], required_labels: {} }, {})).toBe(true);
  });

  it('is refused when it has data_filters, instead of letting everything through', () => {
    expect(() => compileFilter({ data_filters: ['$.data.cvss_score >= 7.0'] })).toThrow(
      expect.objectContaining({ code: 'events/unsupported-filter', message: expect.stringContaining('data_filters') }),
    );
  });
});
