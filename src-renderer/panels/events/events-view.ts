/**
 * The inspector's state: one query, kept open while the panel is on the screen. A new query takes the place of the
 * old one only when its rows are here, and rows that stick to the newest are shown only when they are here: nothing
 * flickers. The filter that runs is always one without problems; while the typed one has some, the last good one stays.
 */
import type { EventQuery, EventRow, EventStats } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { createEmitter, type Dispose } from '@shared/rpc';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../../client/studio-client';
import {
  type Extent,
  isReset,
  noteExtent,
  openedTail,
  pauseTail,
  resumeTail,
  setFollowing,
  type Tail,
} from './event-tail';
import { type ParsedFilter, parseFilter } from './filter';
import { createRowPages, type RowPages } from './row-pages';

export interface EventsViewState {
  /** As typed. */
  readonly text: string;
  readonly parsed: ParsedFilter;
  /** The filter that runs. */
  readonly applied: string;
  /** Rows are here, for the filter that runs. */
  readonly opened: boolean;
  readonly tail: Tail;
  /** The store is still being searched: more rows may be found. */
  readonly searching: boolean;
  readonly stats: EventStats | undefined;
  /** Counts up whenever rows have arrived. */
  readonly revision: number;
  readonly selected: { readonly index: number; readonly seq: number } | undefined;
  /** The selected event is shown whole. */
  readonly detailShown: boolean;
}

export interface EventsView extends StoreApi<EventsViewState> {
  /** Opens the query and follows it. Several may attach; the last to leave closes it. */
  attach(): Dispose;
  setText(text: string): void;
  rowAt(index: number): EventRow | undefined;
  /** Rows first to last (inclusive) are on the screen. */
  showRange(first: number, last: number): void;
  setFollowing(following: boolean): void;
  togglePause(): void;
  select(index: number | undefined): void;
  showDetail(shown: boolean): void;
  clear(): Promise<void>;
  /** Asks the panel, if it is there, to put the cursor into its filter. */
  focusFilter(): void;
  onFocusFilter(listener: () => void): Dispose;
}

const PAGE_SIZE = 200;
const MAX_PAGES = 40;
/** Typing is over when the next letter is later than this, in milliseconds. */
const TYPING = 120;

type QueryNews = Extent & { readonly complete?: boolean | undefined };

interface OpenQuery {
  readonly id: number;
  /** Of the connection over which it was opened. Behind another one is another host, whose ids count from 1 again. */
  readonly connection: number;
  readonly pages: RowPages<EventRow>;
}

export function createEventsView(
  { events: client, connection }: Pick<StudioClient, 'events' | 'connection'>,
  report: (error: unknown) => void,
): EventsView {
  const store = createStore<EventsViewState>(() => ({
    text: '',
    parsed: parseFilter(''),
    applied: '',
    opened: false,
    tail: openedTail({ total: 0 }),
    searching: false,
    stats: undefined,
    revision: 0,
    selected: undefined,
    detailShown: false,
  }));
  const didAskForFilter = createEmitter<void>(report);
  let current: OpenQuery | undefined;
  let attached = 0;
  /** Counts the connections that were lost. */
  let lost = 0;
  /** Counts the openings, so that an answer to an earlier one is not taken for that of the last. */
  let opening = 0;
  let onScreen = 60;
  let catchingUp = false;
  /** What was told of queries that are still being opened: their answer is older. */
  const overtaking = new Map<number, QueryNews>();
  let newsCount = 0;
  let typing: ReturnType<typeof setTimeout> | undefined;

  const closeQuery = (query: OpenQuery | undefined) => {
    query?.pages.close();
    if (query?.connection === lost) client.closeQuery({ queryId: query.id }).catch(reportUnlessGone);
  };

  const reportUnlessGone = (error: unknown) => {
    // The host let go of an idle window's queries; or it is away, and the next connection opens its own.
    if (isStudioError(error, 'events/no-query') || isStudioError(error, 'rpc/closed')) return;
    report(error);
  };

  const onRowsFailed = (error: unknown) => {
    if (isStudioError(error, 'events/no-query')) open(store.getState().applied).catch(reportUnlessGone);
    else reportUnlessGone(error);
  };

  const pagesOf = (queryId: number, connection: number) =>
    createRowPages<EventRow>({
      pageSize: PAGE_SIZE,
      maxPages: MAX_PAGES,
      load: async (start, end) => (connection === lost ? client.readRows({ queryId, start, end }) : { rows: [] }),
      onChange: () => store.setState(({ revision }) => ({ revision: revision + 1 })),
      onError: onRowsFailed,
    });

  const open = async (text: string): Promise<void> => {
    const mine = ++opening;
    const query: EventQuery = parseFilter(text).query;
    const { queryId, stats, complete = true, ...extent } = await client.openQuery({ query });
    const answeredAfter = newsCount;
    const next: OpenQuery = { id: queryId, connection: lost, pages: pagesOf(queryId, lost) };
    const tail = openedTail(extent, store.getState().tail.paused);
    await next.pages.show(tail.shown.end - onScreen, tail.shown.end - 1, tail.shown.end);
    if (mine !== opening || attached === 0) {
      closeQuery(next);
      return;
    }
    closeQuery(current);
    current = next;
    store.setState(({ revision }) => ({
      applied: text,
      opened: true,
      tail,
      searching: !complete,
      ...(newsCount === answeredAfter ? { stats } : {}),
      revision: revision + 1,
      selected: undefined,
    }));
    const news = overtaking.get(queryId);
    overtaking.clear();
    if (news !== undefined) takeNews(news);
  };

  /** Shows the newest rows when they are here; what comes meanwhile is taken in the next round. */
  const catchUp = async (): Promise<void> => {
    if (catchingUp) return;
    catchingUp = true;
    try {
      for (let query = current; query !== undefined; ) {
        const wanted = store.getState().tail.available;
        await query.pages.show(wanted.end - onScreen, wanted.end - 1, wanted.end);
        if (query !== current) return;
        store.setState(({ tail }) => (tail.paused ? {} : { tail: { ...tail, shown: wanted } }));
        const { tail } = store.getState();
        if (tail.paused || tail.available.end === wanted.end) return;
        query = current;
      }
    } finally {
      catchingUp = false;
    }
  };

  const takeExtent = (extent: Extent) => {
    const { tail, applied } = store.getState();
    if (isReset(tail, extent)) {
      open(applied).catch(reportUnlessGone);
      return;
    }
    const next = noteExtent(tail, extent);
    if (!tail.paused && tail.following) {
      store.setState({ tail: { ...next, shown: tail.shown } });
      catchUp().catch(report);
    } else store.setState({ tail: next });
  };

  const takeNews = (news: QueryNews) => {
    store.setState({ searching: news.complete === false });
    takeExtent(news);
  };

  const follow = (): Dispose => {
    const disposes = [
      client.on('didChange', ({ stats, queries }) => {
        newsCount += 1;
        store.setState({ stats });
        for (const { queryId, ...news } of queries) {
          if (current?.connection === lost && queryId === current.id) takeNews(news);
          else overtaking.set(queryId, news);
        }
      }),
      connection.onDidReconnect.on(() => void open(store.getState().applied).catch(reportUnlessGone)),
    ];
    const { text, parsed, applied } = store.getState();
    open(parsed.problems.length === 0 ? text : applied).catch(reportUnlessGone);
    return () => {
      for (const dispose of disposes) dispose();
      clearTimeout(typing);
      opening++;
      closeQuery(current);
      current = undefined;
      overtaking.clear();
      store.setState({ opened: false, selected: undefined, tail: openedTail({ total: 0 }) });
    };
  };
  let unfollow: Dispose | undefined;
  connection.onDidChangeState.on((state) => {
    if (state === 'closed') lost++;
  });

  return {
    ...store,
    attach() {
      attached++;
      if (attached === 1) unfollow = follow();
      let left = false;
      return () => {
        if (left) return;
        left = true;
        attached--;
        if (attached === 0) unfollow?.();
      };
    },
    setText(text) {
      const parsed = parseFilter(text);
      store.setState({ text, parsed });
      clearTimeout(typing);
      if (parsed.problems.length > 0) return;
      typing = setTimeout(() => {
        if (attached > 0 && text !== store.getState().applied) open(text).catch(reportUnlessGone);
      }, TYPING);
    },
    rowAt: (index) => current?.pages.rowAt(index),
    showRange(first, last) {
      onScreen = Math.max(20, last - first + 1);
      void current?.pages.show(first, last, store.getState().tail.shown.end);
    },
    setFollowing(following) {
      store.setState(({ tail }) => ({ tail: setFollowing(tail, following) }));
    },
    togglePause() {
      const { tail } = store.getState();
      if (!tail.paused) {
        store.setState({ tail: pauseTail(tail) });
        return;
      }
      store.setState({ tail: { ...resumeTail(tail), shown: tail.shown } });
      catchUp().catch(report);
    },
    select(index) {
      const row = index === undefined ? undefined : current?.pages.rowAt(index);
      store.setState({ selected: index === undefined || row === undefined ? undefined : { index, seq: row.seq } });
    },
    showDetail: (detailShown) => store.setState({ detailShown }),
    async clear() {
      await client.clear({});
      await open(store.getState().applied);
    },
    focusFilter: () => didAskForFilter.emit(),
    onFocusFilter: (listener) => didAskForFilter.on(listener),
  };
}
