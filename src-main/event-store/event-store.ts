/**
 * What has passed over the event bus, for those who look at it. Appending is cheap and never waits; looking is done
 * in slices of a few milliseconds. Readers get ranges of rows, never everything, and are told when rows came or went.
 */
import type { EventQuery, EventRow } from '@shared/contracts/events';
import { StudioError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { SecurityEvent } from '@shared/schemas';
import { createThrottle } from '../timing/throttle';
import { ChunkList } from './chunk-list';
import { createFilteredQuery, createWholeQuery, type OpenQuery } from './open-query';
import { Rate } from './rate';
import { compileQuery } from './row-filter';
import { summarize } from './summary';

export interface EventStoreOptions {
  /** Events that are kept; a million unless told. */
  readonly capacity?: number;
  /** Bytes of events that are kept, give or take 4 MiB; 512 MiB unless told. Large events make the store hold fewer. */
  readonly textBytes?: number;
}

/** A row keeps its number, counted from 0 when the query was opened, while older ones are let go. */
export interface Extent {
  readonly total: number;
  /** Number of the oldest row. */
  readonly first: number;
  /** Everything that is stored was examined; until then there may be more rows. */
  readonly complete: boolean;
}

export interface QueryExtent extends Extent {
  readonly queryId: number;
}

export interface EventStore {
  /** @returns its sequence number. @throws StudioError events/not-json */
  append(event: SecurityEvent): number;
  stats(): { stored: number; capacity: number; published: number; evicted: number; perSecond: number };
  /**
   * @returns the rows found so far; onDidChange tells of the others
   * @throws StudioError events/too-many-queries, events/invalid-pattern
   */
  openQuery(query: EventQuery): QueryExtent;
  /**
   * Rows start to end (exclusive), at most 1,000 of them, oldest first; from the oldest where start is gone.
   * @throws StudioError events/no-query
   */
  readRows(queryId: number, start: number, end: number): Extent & { rows: EventRow[] };
  closeQuery(queryId: number): void;
  /** Undefined where the store never had it or has let it go. */
  read(seq: number): SecurityEvent | undefined;
  /** Lets go of all events; the next one's number follows the last one's. */
  clear(): void;
  /** The queries whose rows changed, at most ten times a second; empty where only the figures of stats() did. */
  readonly onDidChange: Listenable<QueryExtent[]>;
  close(): void;
}

const MOST_ROWS = 1000;
const MOST_QUERIES = 64;
const SLICE_MS = 4;
const CHANGE_INTERVAL_MS = 100;

interface Watched {
  readonly query: OpenQuery;
  /** What was told of it: its version, and whether it was complete. */
  told: string;
}

export function createEventStore({
  capacity = 1_000_000,
  textBytes = 512 * 1024 * 1024,
}: EventStoreOptions = {}): EventStore {
  const events = new ChunkList(capacity, textBytes);
  const queries = new Map<number, Watched>();
  const rate = new Rate();
  const didChange = createEmitter<QueryExtent[]>();
  let lastQueryId = 0;
  let isQuiet = true;
  let scan: NodeJS.Immediate | undefined;

  const published = () => events.endSeq - 1;
  const perSecond = () => rate.perSecond(performance.now(), published());

  /** A slice for all queries together; whoever was not finished comes last next time. */
  const advance = () => {
    const deadline = performance.now() + SLICE_MS;
    for (const [id, watched] of [...queries].filter(([, { query }]) => !query.isUpToDate)) {
      watched.query.advance(deadline);
      if (watched.query.isUpToDate) continue;
      queries.delete(id);
      queries.set(id, watched);
      break;
    }
    if (scan !== undefined || [...queries.values()].every(({ query }) => query.isUpToDate)) return;
    scan = setImmediate(() => {
      scan = undefined;
      changes.ask();
      advance();
    });
  };

  const tell = () => {
    isQuiet = true;
    rate.look(performance.now(), published());
    advance();
    const changed: QueryExtent[] = [];
    for (const [queryId, watched] of queries) {
      const state = stateOf(watched.query);
      if (state === watched.told) continue;
      watched.told = state;
      changed.push({ queryId, ...extentOf(watched.query) });
    }
    // The figure of events per second falls when nothing comes, and that is a change, too.
    if (perSecond() > 0) changes.ask(CHANGE_INTERVAL_MS * 10);
    didChange.emit(changed);
  };

  const changes = createThrottle(tell, { intervalMs: CHANGE_INTERVAL_MS, first: 'later' });

  const find = (queryId: number): OpenQuery => {
    const watched = queries.get(queryId);
    if (watched !== undefined) return watched.query;
    throw new StudioError('events/no-query', `There is no open query ${queryId}. Open it again.`, {
      data: { queryId },
    });
  };

  return {
    append(event) {
      if (isQuiet) {
        isQuiet = false;
        rate.look(performance.now(), published());
        changes.ask();
      }
      return events.append(event);
    },
    stats: () => ({
      stored: events.length,
      capacity,
      published: published(),
      evicted: events.evicted,
      perSecond: perSecond(),
    }),
    openQuery(wanted) {
      if (queries.size >= MOST_QUERIES) {
        throw new StudioError(
          'events/too-many-queries',
          `${MOST_QUERIES} queries are open already. Close one before you open another.`,
        );
      }
      const filter = compileQuery(wanted);
      const query = filter === undefined ? createWholeQuery(events) : createFilteredQuery(events, filter);
      lastQueryId += 1;
      const watched = { query, told: '' };
      queries.set(lastQueryId, watched);
      advance();
      watched.told = stateOf(query);
      return { queryId: lastQueryId, ...extentOf(query) };
    },
    readRows(queryId, start, end) {
      const query = find(queryId);
      query.advance(performance.now() + SLICE_MS / 2);
      const rows: EventRow[] = [];
      const from = Math.max(start, query.first);
      const most = Math.min(end, from + MOST_ROWS);
      for (let at = from, seq = query.seqAt(at); at < most && seq !== undefined; at += 1, seq = query.seqAt(at)) {
        const event = events.read(seq);
        if (event !== undefined) rows.push(toRow(seq, event));
      }
      return { rows, ...extentOf(query) };
    },
    closeQuery: (queryId) => void queries.delete(queryId),
    read: (seq) => events.read(seq),
    clear() {
      events.clear();
      changes.ask();
    },
    onDidChange: didChange,
    close() {
      changes.close();
      clearImmediate(scan);
      queries.clear();
      events.clear();
    },
  };
}

const extentOf = ({ total, first, isUpToDate: complete }: OpenQuery): Extent => ({ total, first, complete });

const stateOf = ({ version, isUpToDate }: OpenQuery): string => `${version} ${isUpToDate}`;

function toRow(seq: number, event: SecurityEvent): EventRow {
  const { correlation_id: correlationId } = event;
  return {
    seq,
    timestamp: event.timestamp,
    type: event.event_type,
    priority: event.priority ?? 'medium',
    source: event.source ?? '',
    tags: event.tags ?? [],
    ...(correlationId == null ? {} : { correlationId }),
    summary: summarize(event),
  };
}
