/** What of the permissions this window looks at. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stores } from '../../stores/stores';

export type PermissionsTab = 'hosts' | 'used' | 'recorder';

export interface PermissionsView {
  readonly tab: PermissionsTab;
  readonly deniedOnly: boolean;
  /** Key of the chosen use. */
  readonly selected: string | undefined;
  /** Counts up as the person wants to go to the question that waits. */
  readonly visits: number;
}

const views = new WeakMap<Stores, StoreApi<PermissionsView>>();

/** The one of this window. */
export function permissionsViewOf(stores: Stores): StoreApi<PermissionsView> {
  const existing = views.get(stores);
  if (existing !== undefined) return existing;
  const created = createStore<PermissionsView>(() => ({
    tab: 'hosts',
    deniedOnly: false,
    selected: undefined,
    visits: 0,
  }));
  views.set(stores, created);
  return created;
}
