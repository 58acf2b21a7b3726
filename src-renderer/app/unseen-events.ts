/** Counts the grave events that passed while nobody looked at the inspector, for its badge. */
import { isStudioError } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';

export interface UnseenEvents extends StoreApi<{ readonly count: number }> {
  /** While it is true everything counts as seen. */
  setLooking(looking: boolean): void;
}

export function createUnseenEvents(client: StudioClient, report: (error: unknown) => void): UnseenEvents {
  const store = createStore<{ readonly count: number }>(() => ({ count: 0 }));
  let queryId: number | undefined;
  let total = 0;
  let seen = 0;
  let looking = false;

  const judge = () => {
    // Clearing the store leaves fewer than were seen.
    if (looking || total < seen) seen = total;
    store.setState({ count: total - seen });
  };

  const open = async () => {
    try {
      const opened = await client.events.openQuery({ query: { minPriority: 'high' } });
      queryId = opened.queryId;
      total = opened.total;
      seen = total;
      judge();
    } catch (error) {
      // The connection is gone again; the next one opens its own.
      if (!isStudioError(error, 'rpc/closed')) throw error;
    }
  };

  client.events.on('didChange', ({ queries }) => {
    const own = queries.find((query) => query.queryId === queryId);
    if (own === undefined) return;
    total = own.total;
    judge();
  });
  client.connection.onDidChangeState.on((state) => {
    // Another host counts its queries from 1 again.
    if (state === 'closed') queryId = undefined;
  });
  client.connection.onDidReconnect.on(() => void open().catch(report));
  open().catch(report);

  return {
    ...store,
    setLooking(now) {
      looking = now;
      judge();
    },
  };
}
