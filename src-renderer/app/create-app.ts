/** Puts the app's parts together and keeps them in step. The only place that knows all of them. */
import { nativeShell } from '../client/ports';
import type { StudioClient } from '../client/studio-client';
import { fileName } from '../editor/document-uri';
import { registerEventsCommands } from '../panels/events';
import { registerExplorerCommands } from '../panels/explorer';
import { registerLogsCommands } from '../panels/logs';
import { registerManifestCommands } from '../panels/manifest/manifest-views';
import { registerPermissionsCommands } from '../panels/permissions';
import { registerPluginsCommands } from '../panels/plugins';
import { registerRunCommands } from '../panels/run';
import { registerTestsCommands } from '../panels/tests';
import type { Stores } from '../stores/stores';
import type { EditorTarget } from '../stores/workbench';
import { pageTheme } from '../ui/resolved-theme';
import { registerAppCommands } from './app-commands';
import type { App } from './app-context';
import { createChromeStore } from './chrome-store';
import { createDock } from './dock';
import { registerEditorCommands } from './editor-commands';
import { createFileIndex } from './file-index';
import { createLayoutKeeper } from './layout-keeper';
import { closeText, followClosedDocuments, hasUnsaved, mayCloseTexts } from './open-documents';
import { openDrafts } from './open-drafts';
import { createPaletteStore } from './palette-store';
import { TOOLS } from './panels';

const sampleName = ({ runs }: Stores, folder: string, sampleId: string): string =>
  runs.getState().samples[folder]?.find(({ id }) => id === sampleId)?.name ?? fileName(sampleId);

function titleOf(stores: Stores, target: EditorTarget): string {
  if (target.kind === 'file') return fileName(target.path);
  if (target.kind === 'sample') {
    return target.file === undefined ? sampleName(stores, target.folder, target.sampleId) : fileName(target.file);
  }
  return 'Configuration';
}

export function createApp(client: StudioClient, stores: Stores): App {
  const { workbench, documents, configurations, permissions, plugins, runs, sources, notices } = stores;
  const chrome = createChromeStore();
  const palette = createPaletteStore();
  const layout = createLayoutKeeper({ client, stores, chrome, dock: () => dock, toolIds: TOOLS.map(({ id }) => id) });
  const dock = createDock({
    tools: TOOLS,
    titleOf: (target) => titleOf(stores, target),
    mayClose: (targets) => mayCloseTexts(stores, targets),
    didClose: (target) => closeText(stores, target),
    didChange: layout.touch,
  });

  workbench.attachNavigator({
    openEditor: dock.openEditor,
    revealPanel(panel) {
      if (panel === 'explorer') chrome.setState({ sideVisible: true });
      else dock.revealPanel(panel);
    },
  });
  workbench.subscribe(({ theme }, { theme: before }) => {
    if (theme === before) return;
    pageTheme.choose(theme);
    nativeShell()?.setTheme(theme);
  });
  followClosedDocuments(stores, (gone) =>
    dock.dropEditors((target) => target.kind === 'file' && target.folder === gone.folder && target.path === gone.path),
  );
  followActivePlugin(stores, dock);
  plugins.subscribe(({ plugins: now }, { plugins: before, loaded }) => {
    // Those of the first list are opened with the layout.
    const come = loaded ? now.filter(({ folder }) => !before.some((plugin) => plugin.folder === folder)) : [];
    for (const { folder } of come) openDrafts(stores, dock, folder);
    const gone = before.filter(({ folder }) => !now.some((plugin) => plugin.folder === folder));
    for (const { folder } of gone) {
      // Closed in another window, perhaps: nobody was asked about what is unsaved here.
      documents.leave(folder);
      configurations.leave(folder);
      permissions.leave(folder);
      dock.dropEditors((target) => target.folder === folder);
      runs.leave(folder);
      sources.leave(folder);
    }
  });
  client.connection.onDidReconnect.on(() => notices.dismissCode('rpc/closed'));
  followTitle(stores);
  warnBeforeLeaving(stores);

  const parts = { dock, chrome, palette, layout };
  registerAppCommands(stores, client, parts);
  registerExplorerCommands(stores, client);
  registerEventsCommands(stores, client);
  registerLogsCommands(stores, client);
  registerManifestCommands(stores);
  registerRunCommands(stores);
  registerTestsCommands(stores, client);
  registerPermissionsCommands(stores);
  registerPluginsCommands(stores, client);
  return { ...parts, files: createFileIndex(client), editorCommands: registerEditorCommands(stores) };
}

/** The active plugin is that of the tab in front, and always one that is open. */
function followActivePlugin({ workbench, plugins }: Stores, dock: ReturnType<typeof createDock>): void {
  const judge = () => {
    const { plugins: opened, loaded } = plugins.getState();
    const { activeFolder } = workbench.getState();
    if (!loaded || opened.some(({ folder }) => folder === activeFolder)) return;
    if (activeFolder !== opened[0]?.folder) workbench.setActiveFolder(opened[0]?.folder);
  };
  plugins.subscribe(judge);
  judge();
  dock.subscribe(({ activeEditor: now }, { activeEditor: before }) => {
    if (now === undefined || now === before) return;
    if (now.kind === 'sample') {
      if (workbench.getState().activeSamples[now.folder] !== now.sampleId)
        workbench.setActiveSample(now.folder, now.sampleId);
    }
    if (workbench.getState().activeFolder !== now.folder) workbench.setActiveFolder(now.folder);
  });
}

/** So that windows and tabs of a browser can be told apart. */
function followTitle({ workbench, plugins }: Stores): void {
  const judge = () => {
    const { activeFolder } = workbench.getState();
    const name = plugins.getState().plugins.find(({ folder }) => folder === activeFolder)?.name;
    const title = [name, 'MCP Plugin Studio'].filter((part) => part !== undefined).join(' · ');
    if (document.title !== title) document.title = title;
  };
  workbench.subscribe(judge);
  plugins.subscribe(judge);
  judge();
}

function warnBeforeLeaving(stores: Stores): void {
  window.addEventListener('beforeunload', (event) => {
    if (hasUnsaved(stores)) event.preventDefault();
  });
  // The last that a page hears before it goes, also where nobody is asked.
  window.addEventListener('pagehide', stores.drafts.flush);
}
