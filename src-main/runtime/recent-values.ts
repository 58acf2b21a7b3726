/** The last so many of a series of figures, and how they spread: exact over those, whatever came before. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface RecentValues {
  add(value: number): void;
  /** All 0 where there was none yet. The maximum is of all there ever were. */
  spread(): Spread;
}

export function createRecentValues(capacity: number): RecentValues {
  const values: number[] = [];
  let next = 0;
  let max = 0;
  return {
    add(value) {
      values[next] = value;
      next = (next + 1) % capacity;
      max = Math.max(max, value);
    },
    spread() {
      const sorted = Float64Array.from(values).sort();
      const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
      return { p50: at(0.5), p95: at(0.95), max };
    },
  };
}
