/** What the plugin logged while it was run on the sample. */
import { EmptyState } from '../../ui/empty-state';
import { LogList } from '../../ui/log-list';
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
  return (
    <LogList
      key={run.runId}
      label="Logs of the run"
      messages={run.logs}
      empty={
        <EmptyState icon="output" title="Nothing logged">
          The plugin logged nothing during this run. What it logs while it starts is in the plugin log.
        </EmptyState>
      }
    />
  );
}
