/** The latest events that were published, for those who come late. Bounded by count and bytes: the oldest goes first. */
import type { SecurityEvent } from '@shared/schemas';
import type { HeavyEvents } from './heavy-events';
import { Ring } from './ring';

export interface EventHistory {
  add(event: SecurityEvent): void;
  /** The latest, oldest first. */
  latest(limit: number): SecurityEvent[];
}

const MOST_BYTES = 64 * 1024 * 1024;

export function createEventHistory(capacity: number, heavy: HeavyEvents): EventHistory {
  const events = new Ring<SecurityEvent>();
  let bytes = 0;
  const letGo = () => {
    const oldest = events.shift();
    if (oldest !== undefined) bytes -= heavy.weightOf(oldest);
  };
  return {
    add(event) {
      if (capacity === 0) return;
      events.push(event);
      bytes += heavy.weightOf(event);
      if (events.length > capacity) letGo();
      while (bytes > MOST_BYTES) letGo();
    },
    latest(limit) {
      const count = Math.min(events.length, Math.max(0, Math.floor(limit)));
      return Array.from({ length: count }, (_, at) => events.at(events.length - count + at) as SecurityEvent);
    },
  };
}
