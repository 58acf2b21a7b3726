/** What the person looks at: the active plugin and sample, and the way to bring a panel or a file to the front. */
import type { StudioInfo } from '@shared/contracts';
import type { ConnectionState } from '@shared/rpc';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';

export type EditorTarget =
  | {
      readonly kind: 'file';
      readonly folder: string;
      readonly path: string;
      readonly line?: number;
      readonly column?: number;
    }
  | {
      readonly kind: 'sample';
      readonly folder: string;
      readonly sampleId: string;
      readonly file?: string;
      readonly line?: number;
      readonly column?: number;
    }
  | { readonly kind: 'configuration'; readonly folder: string };

export type PanelId =
  | 'explorer'
  | 'welcome'
  | 'run'
  | 'request'
  | 'response'
  | 'run-log'
  | 'methods'
  | 'events'
  | 'problems'
  | 'tests'
  | 'permissions'
  | 'plugins'
  | 'plugin-log';

/** The dock, which only the app knows. */
export interface Navigator {
  openEditor(target: EditorTarget): void;
  revealPanel(panel: PanelId): void;
}

export type Theme = 'system' | 'dark' | 'light';

export interface WorkbenchState {
  readonly activeFolder: string | undefined;
  /** The active sample of each plugin folder. */
  readonly activeSamples: Readonly<Record<string, string>>;
  readonly connection: ConnectionState;
  readonly info: StudioInfo | undefined;
  readonly theme: Theme;
}

export interface WorkbenchStore extends StoreApi<WorkbenchState> {
  setActiveFolder(folder: string | undefined): void;
  setActiveSample(folder: string, sampleId: string | undefined): void;
  /** The sample that Run would take. */
  activeSample(): { folder: string; sampleId: string } | undefined;
  setTheme(theme: Theme): void;
  openEditor(target: EditorTarget): void;
  revealPanel(panel: PanelId): void;
  attachNavigator(navigator: Navigator): void;
}

export function createWorkbenchStore(client: StudioClient, report: (error: unknown) => void): WorkbenchStore {
  const store = createStore<WorkbenchState>(() => ({
    activeFolder: undefined,
    activeSamples: {},
    connection: client.connection.state,
    info: undefined,
    theme: 'system',
  }));
  let navigator: Navigator | undefined;

  const readInfo = () => {
    client.studio.info({}).then((info) => store.setState({ info }), report);
  };
  client.connection.onDidChangeState.on((connection) => store.setState({ connection }));
  client.connection.onDidReconnect.on(readInfo);
  readInfo();

  return {
    ...store,
    setActiveFolder: (activeFolder) => store.setState({ activeFolder }),
    setActiveSample(folder, sampleId) {
      store.setState(({ activeSamples }) => {
        const { [folder]: _, ...others } = activeSamples;
        return {
          activeFolder: folder,
          activeSamples: sampleId === undefined ? others : { ...others, [folder]: sampleId },
        };
      });
    },
    activeSample() {
      const { activeFolder, activeSamples } = store.getState();
      const sampleId = activeFolder === undefined ? undefined : activeSamples[activeFolder];
      return activeFolder === undefined || sampleId === undefined ? undefined : { folder: activeFolder, sampleId };
    },
    setTheme(theme) {
      store.setState({ theme });
      client.studio.writeSettings({ theme }).catch(report);
    },
    openEditor: (target) => navigator?.openEditor(target),
    revealPanel: (panel) => navigator?.revealPanel(panel),
    attachNavigator(next) {
      navigator = next;
    },
  };
}
