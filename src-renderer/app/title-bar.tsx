/** The row at the top: whose plugin this is, the menus, the way to everything by name, and how the window is laid out. */
import { Menu } from '@mantine/core';
import { useStore } from 'zustand';
import { useStores } from '../stores/context';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Kbd } from '../ui/kbd';
import { useApp } from './app-context';
import { MenuBar } from './menu-bar';
import styles from './title-bar.module.css';

export function TitleBar() {
  const { workbench, plugins, commands } = useStores();
  const { chrome, dock, palette } = useApp();
  const folder = useStore(workbench, (state) => state.activeFolder);
  const name = useStore(plugins, (state) => state.plugins.find((plugin) => plugin.folder === folder)?.name);
  const sideVisible = useStore(chrome, (state) => state.sideVisible);
  const bottomVisible = useStore(dock, (state) => state.bottomVisible);
  const rightVisible = useStore(dock, (state) => state.rightVisible);
  return (
    <header className={styles.bar}>
      <div className={styles.left}>
        <Icon name="shield" size={18} color="var(--accent)" className={styles.logo ?? ''} />
        <h1 className={styles.name} title={folder}>
          {name ?? 'MCP Plugin Studio'}
        </h1>
        <MenuBar />
      </div>
      <button type="button" className={styles.search} onClick={() => palette.show('files')}>
        <Icon name="search" />
        <span className={styles.hint}>Search files and commands</span>
        <Kbd keys="Ctrl+Shift+P" />
      </button>
      <div className={styles.right}>
        <IconButton
          icon={sideVisible ? 'layout-sidebar-left' : 'layout-sidebar-left-off'}
          label="Toggle side bar"
          keys="Ctrl+B"
          pressed={sideVisible}
          onClick={() => commands.run('view.toggleSideBar')}
        />
        <IconButton
          icon={bottomVisible ? 'layout-panel' : 'layout-panel-off'}
          label="Toggle bottom panel"
          keys="Ctrl+J"
          pressed={bottomVisible}
          onClick={() => commands.run('view.toggleBottom')}
        />
        <IconButton
          icon={rightVisible ? 'layout-sidebar-right' : 'layout-sidebar-right-off'}
          label="Toggle right panel"
          keys="Ctrl+Alt+B"
          pressed={rightVisible}
          onClick={() => commands.run('view.toggleRight')}
        />
        <SettingsMenu />
      </div>
    </header>
  );
}

const THEMES = [
  ['system', 'Like the system'],
  ['dark', 'Dark'],
  ['light', 'Light'],
] as const;

function SettingsMenu() {
  const { workbench, commands } = useStores();
  const chosen = useStore(workbench, (state) => state.theme);
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <IconButton icon="settings-gear" label="Settings" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        {THEMES.map(([theme, title]) => (
          <Menu.Item
            key={theme}
            role="menuitemradio"
            aria-checked={chosen === theme}
            leftSection={<Icon name={chosen === theme ? 'check' : 'blank'} />}
            onClick={() => workbench.setTheme(theme)}
          >
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="layout" />} onClick={() => commands.run('view.resetLayout')}>
          Reset layout
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
