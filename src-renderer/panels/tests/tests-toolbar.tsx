/** Run, Stop, only what failed, again on every save; a filter, and in one line how it went. */
import { Button, TextInput } from '@mantine/core';
import type { TestsState } from '@shared/contracts';
import { useStores } from '../../stores/context';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { failedIds, summaryOf, type TestFilter } from './model';
import styles from './tests-panel.module.css';

interface TestsToolbarProps {
  readonly state: TestsState;
  readonly filter: TestFilter;
  readonly onFilter: (filter: TestFilter) => void;
  readonly onWatch: (watching: boolean) => void;
}

export function TestsToolbar({ state, filter, onFilter, onWatch }: TestsToolbarProps) {
  const { commands } = useStores();
  const isRunning = state.activity === 'running';
  return (
    <Toolbar label="Tests">
      {isRunning ? (
        <Button
          leftSection={<Icon name="debug-stop" size={14} color="var(--critical)" />}
          onClick={() => commands.run('tests.stop')}
        >
          Stop
        </Button>
      ) : (
        <Button
          variant="filled"
          leftSection={<Icon name="run-all" size={14} />}
          onClick={() => commands.run('tests.run')}
        >
          Run all
        </Button>
      )}
      <Button
        leftSection={<Icon name="run-errors" size={14} />}
        disabled={isRunning || failedIds(state).length === 0}
        onClick={() => commands.run('tests.runFailed')}
      >
        Run failed
      </Button>
      <IconButton
        icon="eye"
        label="Run again on every save"
        pressed={state.watching}
        variant={state.watching ? 'light' : 'subtle'}
        onClick={() => onWatch(!state.watching)}
      />
      <TextInput
        aria-label="Filter tests"
        placeholder="Filter tests"
        className={styles.filter ?? ''}
        leftSection={<Icon name="filter" size={14} />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <IconButton
        icon="error"
        label="Failed tests only"
        pressed={filter.failedOnly}
        variant={filter.failedOnly ? 'light' : 'subtle'}
        onClick={() => onFilter({ ...filter, failedOnly: !filter.failedOnly })}
      />
      <Spacer />
      <output className={styles.summary} aria-label="Results">
        {summaryOf(state)}
      </output>
    </Toolbar>
  );
}
