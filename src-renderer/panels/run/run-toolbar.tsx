/** Run and Stop, and in a line below how the last run went. */
import { Button } from '@mantine/core';
import type { Run } from '@shared/contracts';
import { useStores } from '../../stores/context';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { Toolbar } from '../../ui/toolbar';
import { countFindings } from './finding-rows';
import { summaryLine } from './run-outcome';
import styles from './run-panel.module.css';

interface RunToolbarProps {
  readonly state: 'ready' | 'starting' | 'running';
}

export function RunToolbar({ state }: RunToolbarProps) {
  const { commands } = useStores();
  return (
    <Toolbar label="Run">
      {state === 'ready' ? (
        <Button
          variant="filled"
          leftSection={<Icon name="play" size={14} />}
          rightSection={<Kbd keys="Ctrl+Enter" />}
          onClick={() => commands.run('run.start')}
        >
          Run
        </Button>
      ) : (
        <Button
          leftSection={<Icon name="debug-stop" size={14} color="var(--critical)" />}
          rightSection={<Kbd keys="Shift+F5" />}
          onClick={() => commands.run('run.stop')}
        >
          Stop
        </Button>
      )}
      {state === 'starting' && <span className={styles.summary}>Starting…</span>}
    </Toolbar>
  );
}

/** In the place where a run says how far it is, so that what is below stays where it is. */
export const LastRun = ({ run }: { readonly run: Run }) => (
  <div className={styles.lastRun}>
    {run.outcome !== 'running' && (
      <output className={styles.summary} aria-label="Last run">
        {summaryLine(run, countFindings(run))}
      </output>
    )}
  </div>
);
