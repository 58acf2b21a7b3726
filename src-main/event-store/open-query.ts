/**
 * A query that someone looks at. It goes through what is stored once, a slice at a time, and then only through what
 * comes: its rows are those found so far, less those that the store let go.
 */
import type { ChunkList } from './chunk-list';
import type { RowFilter } from './row-filter';
import { SeqList } from './seq-list';

/** What is examined between two looks at the clock. */
const STEP_ROWS = 1024;
const STEP_BYTES = 512 * 1024;

export interface OpenQuery {
  /** Rows found so far that are still stored. */
  readonly total: number;
  /** Number of the oldest of them. A row keeps its number, counted from 0 when the query was opened. */
  readonly first: number;
  /** Everything that is stored was examined. */
  readonly isUpToDate: boolean;
  /** Changes whenever a row comes or goes. */
  readonly version: number;
  /** Examines until then, as performance.now(), or until it is up to date. */
  advance(deadline: number): void;
  /** @returns the sequence number of a row, or undefined where there is none or it is gone */
  seqAt(row: number): number | undefined;
}

/** Of a query that every event matches: the rows are the store's own. */
export function createWholeQuery(events: ChunkList): OpenQuery {
  const base = events.firstSeq;
  return {
    get total() {
      return events.length;
    },
    get first() {
      return events.firstSeq - base;
    },
    isUpToDate: true,
    get version() {
      return events.firstSeq + events.endSeq;
    },
    advance() {
      // The store's rows need no examination.
    },
    seqAt: (row) => (events.chunkOf(base + row) === undefined ? undefined : base + row),
  };
}

export function createFilteredQuery(events: ChunkList, filter: RowFilter): OpenQuery {
  const hits = new SeqList();
  let nextSeq = 0;
  let found = 0;
  let gone = 0;

  const forget = () => {
    const before = hits.length;
    hits.dropBelow(events.firstSeq);
    gone += before - hits.length;
  };

  const step = () => {
    const seq = Math.max(nextSeq, events.firstSeq);
    const chunk = events.chunkOf(seq);
    if (chunk === undefined) return;
    const first = seq - chunk.firstSeq;
    const mostBytes = chunk.text.startOf(first) + STEP_BYTES;
    let end = Math.min(chunk.length, first + STEP_ROWS);
    while (end > first + 1 && chunk.text.startOf(end) > mostBytes) end -= 1;
    for (const row of filter.select(chunk, first, end)) {
      hits.push(chunk.firstSeq + row);
      found += 1;
    }
    nextSeq = chunk.firstSeq + end;
  };

  const query: OpenQuery = {
    get total() {
      forget();
      return hits.length;
    },
    get first() {
      forget();
      return gone;
    },
    get isUpToDate() {
      return Math.max(nextSeq, events.firstSeq) >= events.endSeq;
    },
    get version() {
      forget();
      return found + gone;
    },
    advance(deadline) {
      forget();
      while (!query.isUpToDate && performance.now() < deadline) step();
    },
    seqAt(row) {
      forget();
      return hits.at(row - gone);
    },
  };
  return query;
}
