/** The tests as this window sees them: what the host knows of each plugin's, and what is chosen and folded here. */
import type { TestDetail, TestsState } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../../client/studio-client';
import type { Stores } from '../../stores/stores';
import { failedIds, NO_TEST_FILTER, type TestFilter } from './model';

export interface TestsViewState {
  readonly states: Readonly<Record<string, TestsState>>;
  readonly filter: TestFilter;
  readonly closed: ReadonlySet<string>;
  /** Key of the row. */
  readonly selected: string | undefined;
  readonly detail: TestDetail | undefined;
}

export interface TestsView extends StoreApi<TestsViewState> {
  /** Finds the tests of a plugin where that was not done yet. */
  open(folder: string): Promise<void>;
  select(folder: string, key: string, test: string | undefined): void;
  toggle(key: string): void;
  run(folder: string, what?: { files?: string[]; tests?: string[] }): Promise<void>;
  runFailed(folder: string): Promise<void>;
  cancel(folder: string): Promise<void>;
  setWatching(folder: string, watching: boolean): Promise<void>;
  /** @returns Where the new file is. */
  createFirst(folder: string): Promise<string>;
}

type TestsClient = Pick<StudioClient, 'tests' | 'connection'>;

export function createTestsView(client: TestsClient, report: (error: unknown) => void): TestsView {
  const store = createStore<TestsViewState>(() => ({
    states: {},
    filter: NO_TEST_FILTER,
    closed: new Set(),
    selected: undefined,
    detail: undefined,
  }));

  const take = (state: TestsState) =>
    store.setState(({ states }) => ({ states: { ...states, [state.folder]: state } }));

  const readDetail = async (folder: string, id: string) => {
    try {
      const detail = await client.tests.readTest({ folder, id });
      if (store.getState().selected === id) store.setState({ detail });
    } catch (error) {
      // It was there when it was chosen; the list that is on its way has it no more.
      if (!isStudioError(error, 'tests/no-test') && !isStudioError(error, 'workspace/not-open')) throw error;
      if (store.getState().selected === id) store.setState({ detail: undefined });
    }
  };

  /** Follows the chosen test as it runs. */
  const followDetail = (state: TestsState) => {
    const { selected, detail } = store.getState();
    const summary = state.tests.find(({ id }) => id === selected);
    if (summary === undefined || detail?.id !== summary.id) return;
    if (detail.outcome === summary.outcome && detail.durationMs === summary.durationMs) return;
    readDetail(state.folder, summary.id).catch(report);
  };

  client.tests.on('didChange', (state) => {
    take(state);
    followDetail(state);
  });
  const readAgain = async (folder: string) => {
    try {
      take(await client.tests.read({ folder }));
    } catch (error) {
      // The plugin was closed: nothing of it is kept.
      if (!isStudioError(error, 'workspace/not-open')) throw error;
      store.setState(({ states: { [folder]: _, ...states } }) => ({ states }));
    }
  };
  const refresh = () => Promise.all(Object.keys(store.getState().states).map(readAgain));
  client.connection.onDidReconnect.on(() => void refresh().catch(report));

  const run: TestsView['run'] = async (folder, what = {}) => {
    await client.tests.run({ folder, ...what });
  };

  return {
    ...store,
    async open(folder) {
      const state = await client.tests.read({ folder });
      take(state);
      const isUnread = state.files.some(({ read }) => !read);
      if (isUnread && state.activity === 'idle') take(await client.tests.list({ folder }));
    },
    select(folder, selected, test) {
      store.setState({ selected, detail: undefined });
      if (test !== undefined) readDetail(folder, test).catch(report);
    },
    toggle(key) {
      store.setState(({ closed }) => {
        const next = new Set(closed);
        if (!next.delete(key)) next.add(key);
        return { closed: next };
      });
    },
    run,
    async runFailed(folder) {
      const state = store.getState().states[folder];
      if (state !== undefined) await run(folder, { tests: failedIds(state) });
    },
    async cancel(folder) {
      await client.tests.cancel({ folder });
    },
    async setWatching(folder, watching) {
      await client.tests.setWatching({ folder, watching });
    },
    async createFirst(folder) {
      const { path } = await client.tests.createFirst({ folder });
      take(await client.tests.list({ folder }));
      return path;
    },
  };
}

const views = new WeakMap<Stores, TestsView>();

/** The one of this window. */
export function testsViewOf(stores: Stores, client: StudioClient): TestsView {
  const existing = views.get(stores);
  if (existing !== undefined) return existing;
  const created = createTestsView(client, stores.notices.report);
  views.set(stores, created);
  return created;
}
