/** The tests of the active plugin: run them, see which failed, and go to the line that says why. */
import { Button } from '@mantine/core';
import type { TestPlace, TestsState } from '@shared/contracts';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { DetailSplit } from '../../ui/detail-split';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { NO_TEST_FILTER, type TestRow, testRows } from './model';
import { TestDetail } from './test-detail';
import { TestTree } from './test-tree';
import styles from './tests-panel.module.css';
import { TestsToolbar } from './tests-toolbar';
import { testsViewOf } from './tests-view';

export function TestsPanel() {
  const client = useClient();
  const stores = useStores();
  const view = testsViewOf(stores, client);
  const folder = useStore(stores.workbench, ({ activeFolder }) => activeFolder);
  const state = useStore(view, ({ states }) => (folder === undefined ? undefined : states[folder]));

  useEffect(() => {
    if (folder !== undefined) view.open(folder).catch(stores.notices.report);
  }, [folder, view, stores]);

  if (folder === undefined) {
    return (
      <EmptyState icon="checklist" title="No plugin is open">
        Open a plugin to test it.
      </EmptyState>
    );
  }
  if (state === undefined) return <Skeleton rows={6} label="Looking for tests" />;
  return state.files.length === 0 ? <NoTests /> : <Tests state={state} />;
}

function NoTests() {
  const { commands } = useStores();
  return (
    <EmptyState
      icon="checklist"
      title="No tests yet"
      actions={
        <Button variant="filled" onClick={() => commands.run('tests.createFirst')}>
          Write the first test
        </Button>
      }
    >
      A file in tests/ whose name ends in <code>.test.ts</code> imports test and expect from{' '}
      <code>mcp-plugin-sdk/testing</code>. Its tests run in the sandbox, with stand-ins for files and network.
    </EmptyState>
  );
}

function Tests({ state }: { readonly state: TestsState }) {
  const client = useClient();
  const stores = useStores();
  const view = testsViewOf(stores, client);
  const { filter, closed, selected, detail } = useStore(view);
  const rows = useMemo(() => testRows(state, filter, closed), [state, filter, closed]);
  const { folder } = state;
  const report = stores.notices.report;

  const show = ({ file, line, column }: TestPlace) =>
    stores.workbench.openEditor({ kind: 'file', folder, path: file, line, column });
  const open = ({ test, file, ids, kind }: TestRow) => {
    const first = kind === 'group' ? state.tests.find(({ id }) => id === ids[0]) : undefined;
    const failed = detail?.id === test?.id ? detail?.failures[0]?.place : undefined;
    show(failed ?? test?.place ?? first?.place ?? placeOfFile(state, file));
  };
  const run = ({ kind, file, ids }: TestRow) =>
    view.run(folder, kind === 'file' ? { files: [file] } : { tests: [...ids] }).catch(report);

  return (
    <div className={styles.root}>
      <TestsToolbar
        state={state}
        filter={filter}
        onFilter={(next) => view.setState({ filter: next })}
        onWatch={(watching) => view.setWatching(folder, watching).catch(report)}
      />
      <Progress state={state} />
      <div className={styles.body}>
        <DetailSplit
          label="Size of the test's detail"
          side="right"
          initial={520}
          least={240}
          leastList={280}
          detail={detail === undefined ? undefined : <TestDetail key={detail.id} detail={detail} onOpen={show} />}
        >
          {rows.length === 0 ? (
            <EmptyState
              icon="filter"
              title="No test matches the filter"
              actions={<Button onClick={() => view.setState({ filter: NO_TEST_FILTER })}>Show all tests</Button>}
            />
          ) : (
            <TestTree
              rows={rows}
              selected={selected}
              canRun={state.activity !== 'running'}
              onSelect={(row) => view.select(folder, row.key, row.test?.id)}
              onToggle={({ key }) => view.toggle(key)}
              onOpen={open}
              onRun={run}
            />
          )}
        </DetailSplit>
      </div>
    </div>
  );
}

/** What is wrong with a file that cannot be loaded, else its start. */
function placeOfFile({ files }: TestsState, file: string): TestPlace {
  const [problem] = files.find((other) => other.file === file)?.diagnostics ?? [];
  if (problem === undefined) return { file, line: 1, column: 1 };
  return { file: problem.file, line: problem.range.startLine, column: problem.range.startColumn };
}

function Progress({ state: { activity, progress } }: { readonly state: TestsState }) {
  const { done = 0, total = 0 } = activity === 'running' ? (progress ?? {}) : {};
  return (
    <div
      role="progressbar"
      aria-label="Progress of the tests"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className={styles.track}
      hidden={activity !== 'running'}
    >
      <span className={styles.bar} style={{ width: `${(100 * done) / Math.max(1, total)}%` }} />
    </div>
  );
}
