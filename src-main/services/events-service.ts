/**
 * The event store for the windows: queries, ranges and figures, never everything. A window that went away without a
 * word leaves its query behind, so the one that was not asked about for longest makes room for the next; a window that
 * finds its query gone opens it again.
 */
import type { EventStats, eventsService } from '@shared/contracts';
import { createEmitter, type Service } from '@shared/rpc';
import type { EventBus } from '../bus/event-bus';
import type { EventStore } from '../event-store/event-store';

/** Fewer than the store itself allows. */
const MOST_QUERIES = 32;

/** @param onDidClear what was kept is garbage now. */
export function createEventsService(
  store: EventStore,
  bus: EventBus,
  onDidClear: () => void,
): Service<typeof eventsService> {
  const didChange = createEmitter<{ stats: EventStats; queries: { queryId: number; total: number }[] }>();
  const stats = (): EventStats => ({ ...store.stats(), dropped: bus.droppedDeliveries });
  // In order of use: the one asked about last is at the end.
  const open = new Set<number>();
  const use = (queryId: number) => {
    if (open.delete(queryId)) open.add(queryId);
  };
  const close = (queryId: number) => {
    open.delete(queryId);
    store.closeQuery(queryId);
  };
  const makeRoom = () => {
    for (const oldest of open) {
      if (open.size < MOST_QUERIES) break;
      close(oldest);
    }
  };
  store.onDidChange.on((queries) => didChange.emit({ stats: stats(), queries }));
  return {
    calls: {
      openQuery({ query }) {
        makeRoom();
        const opened = store.openQuery(query);
        open.add(opened.queryId);
        return { ...opened, stats: stats() };
      },
      readRows({ queryId, start, end }) {
        use(queryId);
        return store.readRows(queryId, start, end);
      },
      closeQuery({ queryId }) {
        close(queryId);
        return null;
      },
      readEvent: ({ seq }) => {
        const event = store.read(seq);
        return event === undefined ? {} : { event };
      },
      clear: () => {
        store.clear();
        onDidClear();
        return null;
      },
    },
    events: { didChange },
  };
}
