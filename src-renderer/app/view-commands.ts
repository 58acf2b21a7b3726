/** How the window is laid out and drawn. */
import type { Command } from '../stores/commands';
import type { Stores } from '../stores/stores';
import type { PanelId, Theme } from '../stores/workbench';
import type { AppParts } from './app-context';
import { focusWithin } from './focus-within';
import { TOOLS } from './panels';

const PANEL_KEYS: Partial<Record<PanelId, string>> = {
  run: 'Ctrl+Shift+D',
  events: 'Ctrl+Shift+X',
  problems: 'Ctrl+Shift+M',
};

export function viewCommands({ workbench, commands }: Stores, { dock, chrome, palette, layout }: AppParts): Command[] {
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
      run() {
        workbench.revealPanel('explorer');
        focusWithin(() => document.querySelector<HTMLElement>('section[aria-label="Plugins"]'));
      },
    },
    ...TOOLS.map(({ id, title, icon }) => ({
      id: `view.${id}`,
      title,
      category,
      icon,
      ...(PANEL_KEYS[id] === undefined ? {} : { key: PANEL_KEYS[id] }),
      run() {
        workbench.revealPanel(id);
        dock.focusPanel(id);
      },
    })),
    {
      id: 'view.configuration',
      title: 'Configuration',
      category,
      key: 'Ctrl+,',
      icon: 'settings',
      isEnabled: () => workbench.getState().activeFolder !== undefined,
      run() {
        const folder = workbench.getState().activeFolder;
        if (folder === undefined) return;
        workbench.openEditor({ kind: 'configuration', folder });
        dock.focusEditor();
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
      isActive: () => workbench.getState().theme === theme,
      run: () => workbench.setTheme(theme),
    })),
  ].filter(({ id }) => commands.find(id) === undefined);
}
