/** How the table of findings is sorted and filtered. The commands that go from finding to finding follow it too. */
import type { Run } from '@shared/contracts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stores } from '../../stores/stores';
import {
  BY_SEVERITY,
  type FindingFilter,
  type FindingRow,
  type FindingSort,
  filterFindings,
  NO_FILTER,
  rowsOfRun,
  sortFindings,
} from './finding-rows';

export interface FindingsViewState {
  readonly filter: FindingFilter;
  readonly sort: FindingSort;
}

const views = new WeakMap<Stores, StoreApi<FindingsViewState>>();

/** The one of this window. */
export function findingsViewOf(stores: Stores): StoreApi<FindingsViewState> {
  const existing = views.get(stores);
  if (existing !== undefined) return existing;
  const created = createStore<FindingsViewState>(() => ({ filter: NO_FILTER, sort: BY_SEVERITY }));
  views.set(stores, created);
  return created;
}

export const visibleFindings = (run: Run, { filter, sort }: FindingsViewState): readonly FindingRow[] =>
  sortFindings(filterFindings(rowsOfRun(run), filter), sort);
