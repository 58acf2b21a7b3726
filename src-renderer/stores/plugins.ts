/**
 * The opened plugins: what they are, how they run, and what is wrong with them. The host owns it; this follows.
 * Nothing is kept of a plugin that is not open, and an answer never takes the place of news that came after its
 * question.
 */
import type { BuildReport, Diagnostic, PluginStatus, PluginSummary } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';
import { createNewsOrder } from './news-order';
import { createSteadyNews } from './steady-news';

export interface PluginsState {
  readonly loaded: boolean;
  readonly plugins: readonly PluginSummary[];
  readonly statuses: Readonly<Record<string, PluginStatus>>;
  readonly diagnostics: Readonly<Record<string, readonly Diagnostic[]>>;
  readonly builds: Readonly<Record<string, BuildReport>>;
}

export interface PluginsStore extends StoreApi<PluginsState> {
  open(folder: string): Promise<PluginSummary>;
  openExample(name: string): Promise<PluginSummary>;
  close(folder: string): Promise<void>;
  /** Reads everything again. */
  refresh(): Promise<void>;
}

type PluginsClient = Pick<StudioClient, 'workspace' | 'plugins' | 'problems' | 'build' | 'connection'>;

/** A plugin that is called changes between ready and running hundreds of times a second. */
const STATUS_PAUSE_MS = 100;

/** Beside being called, and its memory. */
const whatItSays = ({ state, memoryBytes: _, ...status }: PluginStatus) =>
  JSON.stringify({ ...status, state: state === 'running' ? 'ready' : state });

/** The list of plugins is one thing. */
const WHOLE = '';

const of = <Value>(record: Readonly<Record<string, Value>>, plugins: readonly PluginSummary[]) =>
  Object.fromEntries(plugins.flatMap(({ folder }) => (folder in record ? [[folder, record[folder] as Value]] : [])));

export function createPluginsStore(client: PluginsClient, report: (error: unknown) => void): PluginsStore {
  const store = createStore<PluginsState>(() => ({
    loaded: false,
    plugins: [],
    statuses: {},
    diagnostics: {},
    builds: {},
  }));
  const lists = createNewsOrder();
  const statusNews = createNewsOrder();
  const problemNews = createNewsOrder();

  /** Before the first list is here, everything that is told of may be in it. */
  const mayBeOpen = (folder: string) => {
    const { loaded, plugins } = store.getState();
    return !loaded || plugins.some((plugin) => plugin.folder === folder);
  };

  const steadyStatus = createSteadyNews<PluginStatus>({
    pauseMs: STATUS_PAUSE_MS,
    keyOf: ({ folder }) => folder,
    isUrgent: (next, last) => whatItSays(next) !== whatItSays(last),
    pass(status) {
      if (!mayBeOpen(status.folder)) return;
      store.setState((state) => ({ statuses: { ...state.statuses, [status.folder]: status } }));
    },
  });

  const takeStatuses = (statuses: readonly PluginStatus[], overtaken: (folder: string) => boolean) => {
    const taken = statuses.filter(({ folder }) => mayBeOpen(folder) && !overtaken(folder));
    for (const { folder } of taken) steadyStatus.forget(folder);
    store.setState((state) => ({
      statuses: { ...state.statuses, ...Object.fromEntries(taken.map((status) => [status.folder, status])) },
    }));
  };

  const readProblems = async (plugins: readonly PluginSummary[]) => {
    const overtaken = problemNews.ask();
    const all = await Promise.all(plugins.map(({ folder }) => problemsOf(client, folder)));
    const taken = all.filter((answer) => answer !== undefined && mayBeOpen(answer.folder) && !overtaken(answer.folder));
    store.setState((state) => ({
      diagnostics: {
        ...state.diagnostics,
        ...Object.fromEntries(taken.map((answer) => [answer?.folder, answer?.diagnostics])),
      },
    }));
  };

  const takePlugins = (plugins: readonly PluginSummary[]) => {
    for (const { folder } of store.getState().plugins) {
      if (plugins.some((plugin) => plugin.folder === folder)) continue;
      statusNews.forget(folder);
      problemNews.forget(folder);
    }
    store.setState(({ statuses, diagnostics, builds }) => ({
      plugins,
      statuses: of(statuses, plugins),
      diagnostics: of(diagnostics, plugins),
      builds: of(builds, plugins),
    }));
  };

  /** What was told of a plugin before it was in the list was not kept. */
  const readNewcomers = async (plugins: readonly PluginSummary[]) => {
    if (plugins.length === 0) return;
    const overtaken = statusNews.ask();
    await Promise.all([
      readProblems(plugins),
      client.plugins.listStatus({}).then((statuses) => takeStatuses(statuses, overtaken)),
    ]);
  };

  const refresh = async () => {
    const listOvertaken = lists.ask();
    const statusOvertaken = statusNews.ask();
    const [plugins, statuses] = await Promise.all([client.workspace.listPlugins({}), client.plugins.listStatus({})]);
    takePlugins(listOvertaken(WHOLE) ? store.getState().plugins : plugins);
    store.setState({ loaded: true });
    takeStatuses(statuses, statusOvertaken);
    await readProblems(store.getState().plugins);
  };

  client.workspace.on('didChangePlugins', (plugins) => {
    lists.heard(WHOLE);
    const { loaded, plugins: before } = store.getState();
    takePlugins(plugins);
    if (!loaded) return;
    const known = new Set(before.map(({ folder }) => folder));
    readNewcomers(plugins.filter(({ folder }) => !known.has(folder))).catch(report);
  });
  client.plugins.on('didChangeStatus', (status) => {
    if (!mayBeOpen(status.folder)) return;
    statusNews.heard(status.folder);
    steadyStatus.hear(status);
  });
  client.problems.on('didChange', ({ folder, diagnostics }) => {
    if (!mayBeOpen(folder)) return;
    problemNews.heard(folder);
    store.setState((state) => ({ diagnostics: { ...state.diagnostics, [folder]: diagnostics } }));
  });
  client.build.on('didBuild', (build) => {
    if (mayBeOpen(build.folder)) store.setState((state) => ({ builds: { ...state.builds, [build.folder]: build } }));
  });
  client.connection.onDidReconnect.on(() => void refresh().catch(report));
  refresh().catch(report);

  const remember = async (opening: Promise<PluginSummary>) => {
    const plugin = await opening;
    lists.heard(WHOLE);
    takePlugins([...store.getState().plugins.filter(({ folder }) => folder !== plugin.folder), plugin]);
    await readNewcomers([plugin]);
    return plugin;
  };

  return {
    ...store,
    open: (folder) => remember(client.workspace.openPlugin({ folder })),
    openExample: (name) => remember(client.workspace.openExample({ name })),
    close: async (folder) => {
      await client.workspace.closePlugin({ folder });
    },
    refresh,
  };
}

/** Undefined where the plugin was closed before it was answered. */
async function problemsOf(client: PluginsClient, folder: string) {
  try {
    return await client.problems.list({ folder });
  } catch (error) {
    if (isStudioError(error, 'workspace/not-open')) return undefined;
    throw error;
  }
}
