/**
 * What the bus counts, in the contract's words. Names come from publishers: after so many of them, further ones are
 * counted together, so that counting stays bounded.
 */

import { rankOf, UNKNOWN_RANK } from '@shared/event-filter/priority';
import { type BusMetrics, PRIORITIES } from '@shared/schemas';
import type { DeliveryTotals } from './delivery-totals';

export interface Tally {
  count: number;
}

const MOST_NAMES = 4096;
const OTHERS = '(others)';

export class NameCounts {
  readonly #tallies = new Map<string, Tally>();

  /** The name's own tally, or the one that all names beyond the bound share. */
  of(name: string): Tally {
    return this.#tallies.get(name) ?? this.#begin(this.#tallies.size < MOST_NAMES ? name : OTHERS);
  }

  toRecord(): Record<string, number> {
    const counted = [...this.#tallies].filter(([, { count }]) => count > 0);
    return Object.fromEntries(counted.map(([name, { count }]) => [name, count]));
  }

  #begin(name: string): Tally {
    const tally = this.#tallies.get(name) ?? { count: 0 };
    this.#tallies.set(name, tally);
    return tally;
  }
}

export class EventCounts {
  total = 0;
  readonly byType = new NameCounts();
  readonly bySource = new NameCounts();
  readonly #byPriority = new NameCounts();
  readonly #byRank = [...PRIORITIES, undefined].map(() => 0);

  /** Known priorities are counted by their rank, since that is known already where the event is published. */
  addPriority(priority: string | undefined, rank: number): void {
    if (rank === UNKNOWN_RANK && priority !== undefined) this.#byPriority.of(priority).count += 1;
    else this.#byRank[rank] = (this.#byRank[rank] ?? 0) + 1;
  }

  get byPriority(): Record<string, number> {
    const known = PRIORITIES.map((name) => [name, this.#byRank[rankOf(name)] ?? 0] as const);
    return { ...Object.fromEntries(known.filter(([, count]) => count > 0)), ...this.#byPriority.toRecord() };
  }
}

export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Deliveries are counted once each, however many tries they took; a queue counts what is in delivery, too. */
export function toBusMetrics(
  events: EventCounts,
  deliveries: DeliveryTotals,
  activeSubscriptions: number,
  window: Window,
): BusMetrics {
  const finished = deliveries.delivered + deliveries.failed;
  return {
    total_events: events.total,
    events_by_type: events.byType.toRecord(),
    events_by_source: events.bySource.toRecord(),
    events_by_priority: events.byPriority,
    average_processing_time: finished === 0 ? 0 : deliveries.processingMs / finished / 1000,
    failed_events: deliveries.failedEvents,
    current_queue_size: deliveries.waiting,
    max_queue_size: deliveries.mostWaiting,
    active_subscriptions: activeSubscriptions,
    total_deliveries: finished,
    failed_deliveries: deliveries.failed,
    window_start: new Date(window.start).toISOString(),
    window_end: new Date(window.end).toISOString(),
  };
}
