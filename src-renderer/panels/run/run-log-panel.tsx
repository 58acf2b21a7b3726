/** What the plugin logged while it was run on the sample. */
import type { Run } from '@shared/contracts';
import { useMemo } from 'react';
import { useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { LogList } from '../../ui/log-list';
import { createLogView } from '../../ui/log-view';
import { useActiveSample, useEndedRun } from './use-active-sample';

export function RunLogPanel() {
  const { folder, sample } = useActiveSample();
  const run = useEndedRun(folder, sample?.id);
  if (run === undefined) {
    return (
      <EmptyState icon="output" title="No logs yet">
        Run the plugin on a sample to see what it logs meanwhile.
      </EmptyState>
    );
  }
  return <RunLog key={run.runId} logs={run.logs} />;
}

function RunLog({ logs }: { readonly logs: Run['logs'] }) {
  const { notices } = useStores();
  const view = useMemo(() => {
    const created = createLogView('one');
    created.setMessages(
      logs.map((entry) => ({ ...entry, key: `${entry.seq}` })),
      0,
    );
    return created;
  }, [logs]);
  return (
    <LogList
      label="Logs of the run"
      view={view}
      live={false}
      onError={notices.report}
      empty={
        <EmptyState icon="output" title="Nothing logged">
          The plugin logged nothing during this run. What it logs while it starts is in the view Logs.
        </EmptyState>
      }
    />
  );
}
