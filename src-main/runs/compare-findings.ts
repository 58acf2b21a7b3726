/**
 * Sets the findings of a run against those of the run before it, as they come in. Each finding of the earlier run is
 * met at most once; what is left in the end is gone.
 */
import type { Finding } from '@shared/contracts';
import type { Fingerprinted } from './fingerprint';

export interface Comparison {
  add(found: Fingerprinted): Finding;
  /** Findings of the earlier run that have not been met. */
  gone(): Finding[];
}

/** @param previous the findings of the run before; undefined where there was none. */
export function createComparison(previous: readonly Finding[] | undefined): Comparison {
  const left = new Map((previous ?? []).map((finding) => [finding.fingerprint, finding]));
  return {
    add({ fingerprint, result }) {
      if (previous === undefined) return { fingerprint, change: 'first', result };
      return { fingerprint, change: left.delete(fingerprint) ? 'same' : 'new', result };
    },
    gone: () => [...left.values()],
  };
}
