/** What the active plugin writes to its logger and its console, and what the studio says of its process. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { formatCount } from '../../ui/figures';
import { IconButton } from '../../ui/icon-button';
import { LogList } from '../../ui/log-list';
import { type FollowedLog, followPluginLog } from './follow-plugin-log';

export function PluginLogPanel() {
  const stores = useStores();
  const folder = useStore(stores.workbench, ({ activeFolder }) => activeFolder);
  if (folder === undefined) {
    return (
      <EmptyState icon="output" title="No plugin is open">
        Open a plugin to see what it logs.
      </EmptyState>
    );
  }
  return <PluginLog key={folder} folder={folder} />;
}

function PluginLog({ folder }: { readonly folder: string }) {
  const client = useClient();
  const { notices } = useStores();
  const [log, setLog] = useState<FollowedLog>();
  useEffect(() => {
    const followed = followPluginLog(client, folder, notices.report);
    setLog(followed);
    return followed.stop;
  }, [client, folder, notices]);
  return log === undefined ? undefined : <LogOfPlugin log={log} onError={notices.report} />;
}

function LogOfPlugin({ log, onError }: { readonly log: FollowedLog; readonly onError: (error: unknown) => void }) {
  const { entries, missed } = useStore(log);
  return (
    <LogList
      label="Plugin log"
      messages={entries}
      note={missed === 0 ? undefined : `${formatCount(missed, 'older line')} let go`}
      empty={
        <EmptyState icon="output" title="Nothing logged yet">
          What the plugin logs while it starts and runs appears here.
        </EmptyState>
      }
      actions={
        <IconButton
          icon="clear-all"
          label="Clear the log"
          disabled={entries.length === 0}
          onClick={() => void log.clear().catch(onError)}
        />
      }
    />
  );
}
