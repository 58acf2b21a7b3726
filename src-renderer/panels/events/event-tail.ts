/**
 * Which rows of a live query are on show. Paused, the range does not move by a row, and what comes meanwhile is
 * counted; following, its end is the newest row.
 */
export interface Tail {
  /** Numbers of the rows that the query has: first (inclusive) to end (exclusive). */
  readonly available: { readonly first: number; readonly end: number };
  /** The rows on show. */
  readonly shown: { readonly first: number; readonly end: number };
  readonly paused: boolean;
  /** Sticks to the newest row. */
  readonly following: boolean;
}

export interface Extent {
  readonly total: number;
  readonly first?: number;
}

const rangeOf = ({ total, first = 0 }: Extent) => ({ first, end: first + total });

export const openedTail = (extent: Extent, paused = false): Tail => ({
  available: rangeOf(extent),
  shown: rangeOf(extent),
  paused,
  following: true,
});

/** The query has more rows, or has let old ones go. */
export const noteExtent = (tail: Tail, extent: Extent): Tail => {
  const available = rangeOf(extent);
  return { ...tail, available, shown: tail.paused ? tail.shown : available };
};

export const pauseTail = (tail: Tail): Tail => ({ ...tail, paused: true });
/** Catches up, and goes on where the newest row is. */
export const resumeTail = (tail: Tail): Tail => ({ ...tail, paused: false, following: true, shown: tail.available });
export const setFollowing = (tail: Tail, following: boolean): Tail =>
  tail.following === following ? tail : { ...tail, following };

export const waitingRows = ({ paused, available, shown }: Tail): number =>
  paused ? Math.max(0, available.end - shown.end) : 0;

/** The store was emptied or started again: the numbers mean other rows now, and the query has to be opened again. */
export const isReset = (tail: Tail, extent: Extent): boolean => rangeOf(extent).end < tail.available.end;
