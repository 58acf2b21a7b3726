/** The window's own commands: files, view, plugin, help. Panels bring theirs themselves. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../client/studio-client';
import type { Command } from '../stores/commands';
import type { Stores } from '../stores/stores';
import type { Theme } from '../stores/workbench';
import type { App } from './app-context';
import { showAbout, showKeys } from './help-dialogs';
import { mayCloseDocuments } from './open-documents';
import { TOOLS } from './panels';

type AppParts = Pick<App, 'dock' | 'chrome' | 'palette' | 'layout'>;

export function registerAppCommands(stores: Stores, client: StudioClient, app: AppParts): Dispose {
  const all = [
    ...fileCommands(stores, client, app),
    ...viewCommands(stores, app),
    ...pluginCommands(stores, client),
    ...helpCommands(stores, app),
  ];
  const disposals = all.map(stores.commands.register);
  return () => {
    for (const dispose of disposals) dispose();
  };
}

function fileCommands(
  { documents, plugins, workbench }: Stores,
  client: StudioClient,
  { dock, palette }: AppParts,
): Command[] {
  const category = 'File';
  const activeDocument = () => {
    const target = dock.getState().activeEditor;
    return target?.kind === 'file' ? documents.find(target.folder, target.path) : undefined;
  };
  return [
    {
      id: 'file.quickOpen',
      title: 'Go to File…',
      category,
      key: 'Ctrl+P',
      icon: 'go-to-file',
      run: () => palette.show('files'),
    },
    {
      id: 'file.save',
      title: 'Save',
      category,
      key: 'Ctrl+S',
      icon: 'save',
      async run() {
        const document = activeDocument();
        if (document !== undefined) await documents.save(document.uri);
      },
    },
    {
      id: 'file.saveAll',
      title: 'Save All',
      category,
      key: 'Ctrl+Alt+S',
      icon: 'save-all',
      isEnabled: () => Object.values(documents.getState().documents).some(({ dirty }) => dirty),
      run: async () => void (await documents.saveAll()),
    },
    {
      id: 'file.closeEditor',
      title: 'Close Editor',
      category,
      // A browser keeps Ctrl+W for itself.
      key: client.native === undefined ? 'Alt+W' : 'Ctrl+W',
      icon: 'close',
      isEnabled: () => dock.getState().activeEditor !== undefined,
      run: () => dock.closeActiveEditor(),
    },
    {
      id: 'file.closePlugin',
      title: 'Close Plugin',
      category,
      icon: 'root-folder',
      isEnabled: () => workbench.getState().activeFolder !== undefined,
      async run() {
        const folder = workbench.getState().activeFolder;
        if (folder === undefined) return;
        const targets = dock.openTargets().filter((target) => target.folder === folder);
        if (!(await mayCloseDocuments(documents, targets))) return;
        dock.dropEditors((target) => target.folder === folder);
        await plugins.close(folder);
      },
    },
  ];
}

function viewCommands({ workbench, commands }: Stores, { dock, chrome, palette, layout }: AppParts): Command[] {
  const category = 'View';
  const showSide = (sideVisible: boolean) => chrome.setState({ sideVisible });
  const themes: readonly (readonly [Theme, string, string])[] = [
    ['system', 'themeSystem', 'Theme: Like the System'],
    ['dark', 'themeDark', 'Theme: Dark'],
    ['light', 'themeLight', 'Theme: Light'],
  ];
  return [
    {
      id: 'view.commandPalette',
      title: 'Command Palette…',
      category,
      key: 'Ctrl+Shift+P',
      icon: 'list-selection',
      run: () => palette.show('commands'),
    },
    {
      id: 'view.explorer',
      title: 'Explorer',
      category,
      key: 'Ctrl+Shift+E',
      icon: 'files',
      run: () => workbench.revealPanel('explorer'),
    },
    ...TOOLS.map(({ id, title, icon }) => ({
      id: `view.${id}`,
      title,
      category,
      ...(icon === undefined ? {} : { icon }),
      ...(id === 'problems' ? { key: 'Ctrl+Shift+M' } : {}),
      run: () => workbench.revealPanel(id),
    })),
    {
      id: 'view.configuration',
      title: 'Configuration',
      category,
      icon: 'settings',
      isEnabled: () => workbench.getState().activeFolder !== undefined,
      run() {
        const folder = workbench.getState().activeFolder;
        if (folder !== undefined) workbench.openEditor({ kind: 'configuration', folder });
      },
    },
    {
      id: 'view.toggleSideBar',
      title: 'Toggle Side Bar',
      category,
      key: 'Ctrl+B',
      icon: 'layout-sidebar-left',
      run: () => showSide(!chrome.getState().sideVisible),
    },
    {
      id: 'view.toggleBottom',
      title: 'Toggle Bottom Panel',
      category,
      key: 'Ctrl+J',
      icon: 'layout-panel',
      run: () => dock.toggle('bottom'),
    },
    {
      id: 'view.toggleRight',
      title: 'Toggle Right Panel',
      category,
      key: 'Ctrl+Alt+B',
      icon: 'layout-sidebar-right',
      run: () => dock.toggle('right'),
    },
    {
      id: 'view.nextTab',
      title: 'Next Tab',
      category,
      key: 'Ctrl+PageDown',
      icon: 'arrow-right',
      run: () => dock.cycle(1),
    },
    {
      id: 'view.previousTab',
      title: 'Previous Tab',
      category,
      key: 'Ctrl+PageUp',
      icon: 'arrow-left',
      run: () => dock.cycle(-1),
    },
    {
      id: 'view.focusEditor',
      title: 'Focus Editor',
      category,
      key: 'Ctrl+1',
      icon: 'edit',
      run: () => dock.focusEditor(),
    },
    { id: 'view.resetLayout', title: 'Reset Layout', category, icon: 'layout', run: () => layout.reset() },
    ...themes.map(([theme, id, title]) => ({
      id: `view.${id}`,
      title,
      category,
      icon: 'color-mode',
      isEnabled: () => workbench.getState().theme !== theme,
      run: () => workbench.setTheme(theme),
    })),
  ].filter(({ id }) => commands.find(id) === undefined);
}

function pluginCommands({ plugins, workbench }: Stores, client: StudioClient): Command[] {
  const category = 'Plugin';
  const folder = () => workbench.getState().activeFolder;
  const state = () => plugins.getState().statuses[folder() ?? '']?.state;
  const isUp = () => ['ready', 'running', 'initializing', 'loading', 'loaded'].includes(state() ?? '');
  const call = (name: 'start' | 'stop' | 'restart') => async () => {
    const active = folder();
    if (active !== undefined) await client.plugins[name]({ folder: active });
  };
  return [
    {
      id: 'plugin.start',
      title: 'Start Plugin',
      category,
      icon: 'debug-start',
      isEnabled: () => folder() !== undefined && !isUp(),
      run: call('start'),
    },
    {
      id: 'plugin.restart',
      title: 'Restart Plugin',
      category,
      icon: 'debug-restart',
      isEnabled: () => folder() !== undefined,
      run: call('restart'),
    },
    { id: 'plugin.stop', title: 'Stop Plugin', category, icon: 'debug-stop', isEnabled: isUp, run: call('stop') },
  ];
}

function helpCommands({ workbench, commands }: Stores, { palette }: AppParts): Command[] {
  const category = 'Help';
  return [
    {
      id: 'help.allCommands',
      title: 'Show All Commands',
      category,
      key: 'F1',
      icon: 'list-selection',
      run: () => palette.show('commands'),
    },
    { id: 'help.keys', title: 'Keyboard Shortcuts', category, icon: 'keyboard', run: () => showKeys(commands.list()) },
    { id: 'help.about', title: 'About', category, icon: 'info', run: () => showAbout(workbench.getState().info) },
  ];
}
