/** The event store for the window: queries, ranges and figures, never everything. */
import type { EventStats, eventsService } from '@shared/contracts';
import { createEmitter, type Service } from '@shared/rpc';
import type { EventBus } from '../bus/event-bus';
import type { EventStore } from '../event-store/event-store';

export function createEventsService(store: EventStore, bus: EventBus): Service<typeof eventsService> {
  const didChange = createEmitter<{ stats: EventStats; queries: { queryId: number; total: number }[] }>();
  const stats = (): EventStats => ({ ...store.stats(), dropped: bus.droppedDeliveries });
  store.onDidChange.on((queries) => didChange.emit({ stats: stats(), queries }));
  return {
    calls: {
      openQuery: ({ query }) => ({ ...store.openQuery(query), stats: stats() }),
      readRows: ({ queryId, start, end }) => store.readRows(queryId, start, end),
      closeQuery: ({ queryId }) => {
        store.closeQuery(queryId);
        return null;
      },
      readEvent: ({ seq }) => {
        const event = store.read(seq);
        return event === undefined ? {} : { event };
      },
      clear: () => {
        store.clear();
        return null;
      },
    },
    events: { didChange },
  };
}
