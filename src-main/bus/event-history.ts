/** The latest events that were published, for those who come late. Bounded: the oldest goes first. */
import type { SecurityEvent } from '@shared/schemas';

export interface EventHistory {
  add(event: SecurityEvent): void;
  /** The latest, oldest first. */
  latest(limit: number): SecurityEvent[];
}

export function createEventHistory(capacity: number): EventHistory {
  const slots: SecurityEvent[] = [];
  let next = 0;
  return {
    add(event) {
      if (capacity === 0) return;
      slots[next] = event;
      next = next + 1 === capacity ? 0 : next + 1;
    },
    latest(limit) {
      const oldestFirst = slots.length < capacity ? slots : [...slots.slice(next), ...slots.slice(0, next)];
      return oldestFirst.slice(Math.max(0, oldestFirst.length - Math.max(0, Math.floor(limit))));
    },
  };
}
