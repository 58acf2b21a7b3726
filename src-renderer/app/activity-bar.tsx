/** The ways to the window's main places, always at the same spot. */
import { Tooltip } from '@mantine/core';
import { useStore } from 'zustand';
import { useStores } from '../stores/context';
import { Icon } from '../ui/icon';
import { keyLabel } from '../ui/kbd';
import styles from './activity-bar.module.css';
import { useApp } from './app-context';
import type { UnseenEvents } from './unseen-events';

export function ActivityBar({ unseen }: { readonly unseen: UnseenEvents }) {
  const { chrome, dock } = useApp();
  const sideVisible = useStore(chrome, (state) => state.sideVisible);
  const shownTools = useStore(dock, (state) => state.shownTools);
  const atConfiguration = useStore(dock, (state) => state.activeEditor?.kind === 'configuration');
  const unseenCount = useStore(unseen, (state) => state.count);
  return (
    <nav aria-label="Places" className={styles.bar}>
      <Place icon="files" label="Explorer" command="view.toggleSideBar" current={sideVisible} />
      <Place icon="beaker" label="Run" command="view.run" current={shownTools.includes('run')} />
      <Place
        icon="pulse"
        label="Events"
        command="view.events"
        current={shownTools.includes('events')}
        badge={unseenCount}
      />
      <Place icon="checklist" label="Tests" command="view.tests" current={shownTools.includes('tests')} />
      <Place
        icon="shield"
        label="Permissions"
        command="view.permissions"
        current={shownTools.includes('permissions')}
      />
      <Place icon="server-process" label="Plugins" command="view.plugins" current={shownTools.includes('plugins')} />
      <Place icon="output" label="Logs" command="view.plugin-log" current={shownTools.includes('plugin-log')} />
      <Place icon="settings" label="Configuration" command="view.configuration" current={atConfiguration} />
    </nav>
  );
}

interface PlaceProps {
  readonly icon: string;
  readonly label: string;
  readonly command: string;
  readonly current: boolean;
  readonly badge?: number;
}

function Place({ icon, label, command, current, badge = 0 }: PlaceProps) {
  const { commands } = useStores();
  const key = commands.find(command)?.key;
  return (
    <Tooltip position="right" label={key === undefined ? label : `${label} (${keyLabel(key)})`}>
      <button
        type="button"
        aria-label={badge > 0 ? `${label}, ${badge} new` : label}
        aria-pressed={current}
        className={styles.place}
        onClick={() => commands.run(command)}
      >
        <Icon name={icon} size={22} />
        {badge > 0 && <span className={styles.badge}>{badge > 99 ? '99+' : badge}</span>}
      </button>
    </Tooltip>
  );
}
