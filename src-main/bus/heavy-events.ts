/**
 * Which events are so large that their number alone would not bound the memory they take. Most are not: those cost a
 * short look when they are published, and nothing afterwards.
 */
import type { SecurityEvent } from '@shared/schemas';

/** Bytes; 10,000 lighter events make at most 160 MB. */
const HEAVY = 16 * 1024;
const BYTES_A_VALUE = 8;

/** About how many bytes the event's data and metadata take. Most are flat, and cost no stack. */
function weigh({ data, metadata }: SecurityEvent): number {
  const open: object[] = [];
  let weight = weighFields(data, open) + weighFields(metadata, open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) weight += weighFields(next, open);
  return weight;
}

function weighFields(fields: object | undefined, open: object[]): number {
  let weight = 0;
  for (const key in fields) {
    const value = (fields as Record<string, unknown>)[key];
    weight += key.length + BYTES_A_VALUE;
    if (typeof value === 'string') weight += value.length;
    else if (typeof value === 'object' && value !== null) open.push(value);
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
