/**
 * Which events are so large that their number alone would not bound the memory they take. Most are not: those cost a
 * short look when they are published, and nothing afterwards.
 */
import type { SecurityEvent } from '@shared/schemas';

/** Bytes; 10,000 lighter events make at most 160 MB. */
const HEAVY = 16 * 1024;
const BYTES_A_VALUE = 8;

/** About how many bytes the event's data and metadata take. */
function weigh({ data, metadata }: SecurityEvent): number {
  let weight = 0;
  const open: unknown[] = [data, metadata];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') weight += value.length;
    else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        weight += key.length + BYTES_A_VALUE;
        open.push((value as Record<string, unknown>)[key]);
      }
    }
  }
  return weight;
}

export class HeavyEvents {
  readonly #weights = new WeakMap<SecurityEvent, number>();
  #any = false;

  note(event: SecurityEvent): void {
    const weight = weigh(event);
    if (weight < HEAVY) return;
    this.#any = true;
    this.#weights.set(event, weight);
  }

  /** In bytes; 0 for one that is not heavy. */
  weightOf(event: SecurityEvent): number {
    return this.#any ? (this.#weights.get(event) ?? 0) : 0;
  }
}
