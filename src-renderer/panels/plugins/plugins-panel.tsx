/** How the active plugin lives: its state and what can be done to it, what it takes, and how near its limits it is. */
import type { PluginFigures, PluginStatus } from '@shared/contracts';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { formatBytes, formatDuration } from '../../ui/figures';
import { Skeleton } from '../../ui/skeleton';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { HeadroomTable } from './headroom-table';
import { LatencyHistogram } from './latency-histogram';
import { LifeActions } from './life-actions';
import { LifeDiagram } from './life-diagram';
import { formatUptime, healthText } from './model';
import styles from './plugins-panel.module.css';
import { RegistryNote, RegistryProblem } from './registry-note';
import { StatusNotes } from './status-notes';
import { UsageChart } from './usage-chart';
import { useFigures } from './use-figures';
import { useRegistry } from './use-registry';

export function PluginsPanel() {
  const { workbench, plugins } = useStores();
  const folder = useStore(workbench, ({ activeFolder }) => activeFolder);
  const status = useStore(plugins, ({ statuses }) => (folder === undefined ? undefined : statuses[folder]));
  if (folder === undefined) {
    return (
      <EmptyState icon="server-process" title="No plugin is open">
        Open a plugin to see how it lives: its state, its health, and what it takes of the machine.
      </EmptyState>
    );
  }
  return status === undefined ? (
    <Skeleton rows={6} label="Reading the state" />
  ) : (
    <Plugin key={folder} status={status} />
  );
}

function Plugin({ status }: { readonly status: PluginStatus }) {
  const { plugins, commands } = useStores();
  const { folder, state, isolation, pid } = status;
  const name = useStore(plugins, (all) => all.plugins.find((plugin) => plugin.folder === folder)?.name);
  const figures = useFigures(folder);
  const registry = useRegistry();
  return (
    <div className={styles.panel}>
      <Toolbar label="Lifecycle">
        <strong>{name}</strong>
        <span className={styles.dim}>
          {isolation}
          {pid === undefined ? '' : ` · process ${pid}`}
        </span>
        <Spacer />
        <LifeActions status={status} />
      </Toolbar>
      <div className={styles.body}>
        {registry !== undefined && <RegistryProblem registry={registry} />}
        <StatusNotes status={status} release={() => commands.run('plugin.release')} />
        <div className={styles.columns}>
          <section aria-label="State">
            <LifeDiagram state={state} />
            {figures !== undefined && <Facts status={status} figures={figures} />}
          </section>
          {figures !== undefined && <Usage figures={figures} />}
          {figures !== undefined && (
            <section aria-label="Limits">
              <HeadroomTable headroom={figures.headroom} />
              {figures.cpuControl === 'advisory' && (
                <p className={styles.dim}>
                  On this system a process cannot be stopped for a while, so its share of a core is only measured.
                </p>
              )}
              {registry !== undefined && <RegistryNote registry={registry} />}
              <LatencyHistogram latency={figures.latency} />
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

function Facts({ status, figures }: { readonly status: PluginStatus; readonly figures: PluginFigures }) {
  const { calls, errors, eventsIn, eventsOut, uptimeMs, restarts, latency } = figures;
  const facts: readonly (readonly [string, string])[] = [
    ['Up', uptimeMs === 0 ? 'not running' : formatUptime(uptimeMs)],
    ['Health', healthText(status)],
    ['Restarts', restarts.toLocaleString('en')],
    ['Calls', `${calls.toLocaleString('en')}, ${errors.toLocaleString('en')} failed`],
    ['Events', `${eventsIn.toLocaleString('en')} in, ${eventsOut.toLocaleString('en')} out`],
    ['Latency', calls === 0 ? 'no call yet' : `${formatDuration(latency.p50)} p50, ${formatDuration(latency.p95)} p95`],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const formatPercent = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} %`;

function Usage({ figures: { samples } }: { readonly figures: PluginFigures }) {
  const times = useMemo(() => samples.map(({ at }) => at), [samples]);
  const cpu = useMemo(() => samples.map(({ cpuPercent }) => cpuPercent), [samples]);
  const memory = useMemo(() => samples.map(({ memoryBytes }) => memoryBytes), [samples]);
  return (
    <section aria-label="Usage">
      <UsageChart label="Processor, of one core" times={times} values={cpu} format={formatPercent} />
      <UsageChart label="Memory" times={times} values={memory} format={formatBytes} />
      {samples.length === 0 && <p className={styles.dim}>Measured once a second while the plugin runs.</p>}
    </section>
  );
}
