/**
 * Finds who hears an event. What type and priority decide is worked out once for each type that passes and kept, so
 * that an event costs one look-up however many subscribers there are; only the rest of a filter is asked each time.
 * The types that are kept are bounded: a publisher that invents types without end costs time, not memory.
 */

import { type CompiledFilter, type EventTest, takeApart } from '@shared/event-filter/compiled-filter';
import { HIGHEST_RANK } from '@shared/event-filter/priority';
import type { EventFilter } from '@shared/schemas';

export interface Candidate<Target> {
  readonly target: Target;
  /** Asked of each event; absent where type and priority were all there was to ask. */
  readonly rest: EventTest | undefined;
}

export interface Route<Target, Mark> {
  /** By the rank of the priority. The lists never change. */
  readonly byRank: readonly (readonly Candidate<Target>[])[];
  /** What the owner keeps with the type. */
  readonly mark: Mark;
}

export interface Matcher<Target, Mark> {
  /** Candidates keep the order in which they were added. @returns takes it out again */
  add(filter: EventFilter, target: Target): () => void;
  find(type: string): Route<Target, Mark>;
  /** A rest asks for the time. */
  readonly timed: boolean;
}

interface Entry<Target> extends Candidate<Target> {
  readonly filter: CompiledFilter;
}

const KEPT_TYPES = 4096;

export function createMatcher<Target, Mark>(markOf: (type: string) => Mark): Matcher<Target, Mark> {
  let entries: readonly Entry<Target>[] = [];
  let timed = false;
  const routes = new Map<string, Route<Target, Mark>>();

  const change = (next: readonly Entry<Target>[]) => {
    entries = next;
    timed = next.some(({ filter }) => filter.timed);
    routes.clear();
  };

  const workOut = (type: string): Route<Target, Mark> => {
    const ofType = entries.filter(({ filter }) => filter.acceptsType(type));
    const byRank = Array.from({ length: HIGHEST_RANK + 1 }, (_, rank) =>
      ofType.filter(({ filter }) => rank >= filter.minRank && rank <= filter.maxRank),
    );
    if (routes.size >= KEPT_TYPES) {
      const [oldest] = routes.keys();
      if (oldest !== undefined) routes.delete(oldest);
    }
    const route = { byRank, mark: markOf(type) };
    routes.set(type, route);
    return route;
  };

  return {
    add(filter, target) {
      const compiled = takeApart(filter);
      const entry: Entry<Target> = { target, rest: compiled.rest, filter: compiled };
      change([...entries, entry]);
      return () => change(entries.filter((other) => other !== entry));
    },
    find: (type) => routes.get(type) ?? workOut(type),
    get timed() {
      return timed;
    },
  };
}
