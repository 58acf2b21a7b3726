/** The facts that may change, each in its one place: the plugin's state, what holds it, what is wrong, what it took. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { stateColor, stateText } from '../panels/explorer';
import { Containment, QuestionCount } from '../panels/permissions';
import { useProblemCounts } from '../panels/problems';
import { useStores } from '../stores/context';
import { formatBytes, formatCount, formatDuration } from '../ui/figures';
import { Icon } from '../ui/icon';
import { StateDot } from '../ui/state-dot';
import styles from './status-bar.module.css';
import { useLastApplied } from './use-last-applied';

export function StatusBar() {
  const { workbench } = useStores();
  const folder = useStore(workbench, (state) => state.activeFolder);
  const runtime = useStore(workbench, (state) => state.info?.runtime);
  const connection = useStore(workbench, (state) => state.connection);
  return (
    <footer className={styles.bar}>
      {folder !== undefined && <PluginState folder={folder} />}
      <QuestionCount className={styles.button} />
      <Problems />
      <span className={styles.gap} />
      {folder !== undefined && <PluginFigures folder={folder} />}
      <Fact title={connection === 'open' ? 'Connected to the host' : 'Not connected to the host'}>
        {connection === 'open' ? (
          (runtime ?? '')
        ) : (
          <span className={styles.lost}>{connection === 'closed' ? 'disconnected' : 'connecting'}</span>
        )}
      </Fact>
    </footer>
  );
}

const Fact = ({ title, children }: { readonly title?: string; readonly children: ReactNode }) => (
  <span className={styles.fact} title={title}>
    {children}
  </span>
);

function PluginState({ folder }: { readonly folder: string }) {
  const { plugins, workbench } = useStores();
  const name = useStore(plugins, (state) => state.plugins.find((plugin) => plugin.folder === folder)?.name);
  const other = useStore(plugins, (state) => state.plugins.find((plugin) => plugin.folder === folder)?.alsoOpenIn);
  const status = useStore(plugins, (state) => state.statuses[folder]);
  const best = useStore(workbench, (state) => state.info?.isolation);
  const isolation = status?.isolation || best;
  return (
    <>
      <Fact title={status?.error?.message ?? folder}>
        <StateDot color={stateColor(status)} />
        {name} {stateText(status, undefined)}
      </Fact>
      {isolation !== undefined && <Containment className={styles.button} folder={folder} isolation={isolation} />}
      {other !== undefined && (
        <Fact title="Nothing is lost: a save asks first where the other studio has changed the file">
          <Icon name="warning" size={14} />
          also open in another studio (process {other})
        </Fact>
      )}
    </>
  );
}

function Problems() {
  const { commands } = useStores();
  const { errors, warnings, total } = useProblemCounts();
  const label = total === 0 ? 'No problems' : formatCount(total, 'problem');
  return (
    <button
      type="button"
      className={styles.button}
      title={`${formatCount(errors, 'error')}, ${formatCount(warnings, 'warning')}`}
      onClick={() => commands.run('view.problems')}
    >
      <Icon name={errors > 0 ? 'error' : total > 0 ? 'warning' : 'pass'} size={14} />
      {label}
    </button>
  );
}

function PluginFigures({ folder }: { readonly folder: string }) {
  const { plugins } = useStores();
  const build = useStore(plugins, (state) => state.builds[folder]);
  const generation = useStore(plugins, (state) => state.statuses[folder]?.configGeneration);
  const memory = useStore(plugins, (state) => state.statuses[folder]?.memoryBytes);
  const applied = useLastApplied(folder);
  return (
    <>
      {build !== undefined && (
        <Fact title="The last build">
          {build.ok ? (
            `built in ${formatDuration(build.durationMs)}`
          ) : (
            <span className={styles.lost}>build failed</span>
          )}
        </Fact>
      )}
      {generation !== undefined && generation > 0 && (
        <Fact title="The configuration in force, and how long the plugin took to take it">
          config generation {generation}
          {applied?.generation === generation && ` · ${formatDuration(applied.durationMs)}`}
        </Fact>
      )}
      {memory !== undefined && <Fact title="Memory of the plugin’s process">{formatBytes(memory)}</Fact>}
    </>
  );
}
