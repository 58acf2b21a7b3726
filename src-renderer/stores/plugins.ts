/** The opened plugins: what they are, how they run, and what is wrong with them. The host owns it; this follows. */
import type { BuildReport, Diagnostic, PluginStatus, PluginSummary } from '@shared/contracts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';

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

export function createPluginsStore(client: StudioClient, report: (error: unknown) => void): PluginsStore {
  const store = createStore<PluginsState>(() => ({
    loaded: false,
    plugins: [],
    statuses: {},
    diagnostics: {},
    builds: {},
  }));

  const setDiagnostics = (folder: string, diagnostics: readonly Diagnostic[]) =>
    store.setState((state) => ({ diagnostics: { ...state.diagnostics, [folder]: diagnostics } }));
  const setStatus = (status: PluginStatus) =>
    store.setState((state) => ({ statuses: { ...state.statuses, [status.folder]: status } }));

  const readProblems = async (plugins: readonly PluginSummary[]) => {
    const all = await Promise.all(plugins.map(({ folder }) => client.problems.list({ folder })));
    for (const { folder, diagnostics } of all) setDiagnostics(folder, diagnostics);
  };

  const refresh = async () => {
    const [plugins, statuses] = await Promise.all([client.workspace.listPlugins({}), client.plugins.listStatus({})]);
    store.setState({
      loaded: true,
      plugins,
      statuses: Object.fromEntries(statuses.map((status) => [status.folder, status])),
    });
    await readProblems(plugins);
  };

  client.workspace.on('didChangePlugins', (plugins) => store.setState({ plugins }));
  client.plugins.on('didChangeStatus', setStatus);
  client.problems.on('didChange', ({ folder, diagnostics }) => setDiagnostics(folder, diagnostics));
  client.build.on('didBuild', (build) =>
    store.setState((state) => ({ builds: { ...state.builds, [build.folder]: build } })),
  );
  client.connection.onDidReconnect.on(() => void refresh().catch(report));
  refresh().catch(report);

  const remember = async (opening: Promise<PluginSummary>) => {
    const plugin = await opening;
    store.setState(({ plugins }) => ({
      plugins: [...plugins.filter(({ folder }) => folder !== plugin.folder), plugin],
    }));
    await readProblems([plugin]);
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
