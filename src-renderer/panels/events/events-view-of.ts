/** The one inspector of a window: its panel may come and go, its filter and its commands stay. */
import type { StudioClient } from '../../client/studio-client';
import type { Stores } from '../../stores/stores';
import { createEventsView, type EventsView } from './events-view';

const views = new WeakMap<Stores, EventsView>();

export function eventsViewOf(stores: Stores, client: StudioClient): EventsView {
  const existing = views.get(stores);
  if (existing !== undefined) return existing;
  const created = createEventsView(client, stores.notices.report);
  views.set(stores, created);
  return created;
}
