/** What the opened plugins write to their loggers and consoles, and what the studio says of their processes. */
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { IconButton } from '../../ui/icon-button';
import { LogList } from '../../ui/log-list';
import { logsViewOf } from './logs-view';

const UP: readonly string[] = ['loading', 'loaded', 'initializing', 'ready', 'running'];

export function LogsPanel() {
  const client = useClient();
  const stores = useStores();
  const { commands, notices, plugins } = stores;
  const view = logsViewOf(stores, client);
  const isOpen = useStore(plugins, (state) => state.plugins.length > 0);
  const isEmpty = useStore(view.log, ({ messages }) => messages.length === 0);
  useEffect(() => view.attach(), [view]);
  return (
    <LogList
      label="Logs"
      view={view.log}
      live
      onError={notices.report}
      onFocusFilter={view.onFocusFilter}
      empty={isOpen ? <NothingLogged /> : <NoPlugin />}
      actions={
        <IconButton
          icon="clear-all"
          label="Clear all logs"
          disabled={isEmpty}
          onClick={() => commands.run('logs.clear')}
        />
      }
    />
  );
}

const NoPlugin = () => (
  <EmptyState icon="output" title="No plugin is open">
    Open a plugin to see what it logs.
  </EmptyState>
);

function NothingLogged() {
  const { commands, plugins, workbench } = useStores();
  const folder = useStore(workbench, ({ activeFolder }) => activeFolder);
  const isUp = useStore(plugins, ({ statuses }) => UP.includes(statuses[folder ?? '']?.state ?? ''));
  return (
    <EmptyState
      icon="output"
      title="Nothing logged yet"
      actions={isUp ? undefined : <Button onClick={() => commands.run('plugin.start')}>Start the plugin</Button>}
    >
      What a plugin hands to <code>this.logger</code> while it starts and runs appears here.
    </EmptyState>
  );
}
