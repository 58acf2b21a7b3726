/** Gives an event what its author left to the bus: its id and its times. What came complete passes untouched. */
import { randomUUID } from 'node:crypto';
import type { EventInput, SecurityEvent } from '@shared/schemas';

const isComplete = (event: EventInput): event is SecurityEvent =>
  event.event_id !== undefined &&
  event.event_id !== '' &&
  event.timestamp !== undefined &&
  event.created_at !== undefined;

/** @param now in milliseconds since 1970 */
export function createCompletion(now: () => number): (event: EventInput) => SecurityEvent {
  let lastTime = Number.NaN;
  let lastText = '';

  const textOfNow = () => {
    const time = now();
    if (time !== lastTime) {
      lastTime = time;
      lastText = new Date(time).toISOString();
    }
    return lastText;
  };

  return (event) => {
    if (isComplete(event)) return event;
    const time = textOfNow();
    return {
      ...event,
      event_id: event.event_id || randomUUID(),
      timestamp: event.timestamp ?? time,
      created_at: event.created_at ?? time,
    };
  };
}
