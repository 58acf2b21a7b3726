/**
 * A filter, compiled once at subscribe. It comes apart into what the type decides, what the priority decides and the
 * rest, so that the matcher can index the first two and ask only the rest of every event.
 */
import { StudioError } from '../errors';
import type { EventFilter, SecurityEvent } from '../schemas';
import { compilePatterns } from './pattern';
import { HIGHEST_RANK, rankOf, UNKNOWN_RANK } from './priority';

/** @param now in milliseconds since 1970, for filters by age */
export type EventTest = (event: SecurityEvent, now: number) => boolean;

export interface CompiledFilter {
  acceptsType(type: string): boolean;
  readonly minRank: number;
  readonly maxRank: number;
  /** What neither type nor priority decides; absent where nothing is left to ask. */
  readonly rest: EventTest | undefined;
  /** The rest asks for the time. */
  readonly timed: boolean;
}

/**
 * An absent field, null and an empty list restrict nothing.
 * @throws StudioError events/unsupported-filter for data_filters, events/invalid-pattern for an endless pattern.
 */
export function takeApart(filter: EventFilter): CompiledFilter {
  if (filter.data_filters !== undefined && filter.data_filters.length > 0) {
    throw new StudioError(
      'events/unsupported-filter',
      'This version of the studio does not evaluate data_filters. Remove them from the filter and test event.data in the callback.',
      { data: { data_filters: filter.data_filters } },
    );
  }
  const included = compilePatterns(filter.event_types);
  const excluded = compilePatterns(filter.exclude_types);
  const age = ageTest(filter.min_age_seconds ?? undefined, filter.max_age_seconds ?? undefined);
  const tests = [...sourceTests(filter), ...tagTests(filter), ...labelTests(filter), ...(age ? [age] : [])];
  return {
    acceptsType: (type) => (included?.(type) ?? true) && !(excluded?.(type) ?? false),
    minRank: filter.min_priority == null ? UNKNOWN_RANK : rankOf(filter.min_priority),
    maxRank: filter.max_priority == null ? HIGHEST_RANK : rankOf(filter.max_priority),
    rest: allOf(tests),
    timed: age !== undefined,
  };
}

export function compileFilter(filter: EventFilter): EventTest {
  const { acceptsType, minRank, maxRank, rest } = takeApart(filter);
  return (event, now) => {
    const rank = rankOf(event.priority);
    return rank >= minRank && rank <= maxRank && acceptsType(event.event_type) && (rest?.(event, now) ?? true);
  };
}

function allOf(tests: readonly EventTest[]): EventTest | undefined {
  const [first, second, ...others] = tests;
  if (first === undefined || second === undefined) return first;
  if (others.length === 0) return (event, now) => first(event, now) && second(event, now);
  return (event, now) => tests.every((test) => test(event, now));
}

const some = <Item>(list: readonly Item[] | undefined): list is readonly Item[] =>
  list !== undefined && list.length > 0;

function sourceTests({ sources, exclude_sources: excluded }: EventFilter): EventTest[] {
  const tests: EventTest[] = [];
  if (some(sources)) {
    const known = new Set(sources);
    tests.push((event) => known.has(event.source ?? ''));
  }
  if (some(excluded)) {
    const unwanted = new Set(excluded);
    tests.push((event) => !unwanted.has(event.source ?? ''));
  }
  return tests;
}

/** As includes(), which takes three times as long for lists as short as these. */
function has(list: readonly string[] | undefined, wanted: string): boolean {
  if (list === undefined) return false;
  for (let at = 0; at < list.length; at += 1) if (list[at] === wanted) return true;
  return false;
}

function tagTests({ required_tags: required, forbidden_tags: forbidden }: EventFilter): EventTest[] {
  const tests: EventTest[] = [];
  if (some(required)) {
    for (const tag of required) tests.push(({ tags }) => has(tags, tag));
  }
  if (some(forbidden)) {
    for (const tag of forbidden) tests.push(({ tags }) => !has(tags, tag));
  }
  return tests;
}

function labelTests({ required_labels: required, forbidden_labels: forbidden }: EventFilter): EventTest[] {
  const hasLabel = ({ labels }: SecurityEvent, name: string, value: string) =>
    labels !== undefined && Object.hasOwn(labels, name) && labels[name] === value;
  const wanted = Object.entries(required ?? {});
  const unwanted = Object.entries(forbidden ?? {});
  const tests: EventTest[] = [];
  if (wanted.length > 0) tests.push((event) => wanted.every(([name, value]) => hasLabel(event, name, value)));
  if (unwanted.length > 0) tests.push((event) => !unwanted.some(([name, value]) => hasLabel(event, name, value)));
  return tests;
}

/** The age is that of the event's timestamp when it is published; a timestamp that is no time has no age and fails. */
function ageTest(youngest: number | undefined, oldest: number | undefined): EventTest | undefined {
  if (youngest === undefined && oldest === undefined) return undefined;
  const min = youngest ?? Number.NEGATIVE_INFINITY;
  const max = oldest ?? Number.POSITIVE_INFINITY;
  return (event, now) => {
    const age = (now - Date.parse(event.timestamp)) / 1000;
    return age >= min && age <= max;
  };
}
