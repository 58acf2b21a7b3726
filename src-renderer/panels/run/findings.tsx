/** The findings of a run as a table, what to see of them, and the chosen one in detail. */
import type { Run, Sample } from '@shared/contracts';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { DetailSplit } from '../../ui/detail-split';
import { EmptyState } from '../../ui/empty-state';
import { useWidth } from '../../ui/use-width';
import { type GridHandle, VirtualGrid } from '../../ui/virtual-grid';
import { findingColumns } from './finding-columns';
import { FindingDetail } from './finding-detail';
import { type FindingRow, type FindingSort, NO_FILTER } from './finding-rows';
import { targetOfFinding } from './finding-target';
import styles from './findings.module.css';
import { FindingsBar } from './findings-bar';
import { findingsViewOf, visibleFindings } from './findings-view';

interface FindingsProps {
  readonly run: Run;
  readonly sample: Sample;
}

export function Findings({ run, sample }: FindingsProps) {
  const stores = useStores();
  const view = findingsViewOf(stores);
  const { filter, sort } = useStore(view);
  const rows = useMemo(() => visibleFindings(run, { filter, sort }), [run, filter, sort]);
  const selection = useStore(stores.runs, ({ selectedFinding }) => selectedFinding?.fingerprint);
  const index = rows.findIndex(({ fingerprint }) => fingerprint === selection);
  const selected = index === -1 ? undefined : index;
  const grid = useRef<GridHandle>(null);
  const [root, width] = useWidth<HTMLDivElement>();
  // What a scan found is somewhere else than in the sample's text.
  const isFolder = sample.kind === 'folder' || run.pluginType === 'scanner';
  const columns = useMemo(() => findingColumns(isFolder, width), [isFolder, width]);

  // A finding that was chosen elsewhere, such as in the sample's text, comes into view; one that moves because others
  // come before it does not pull the table along.
  const isShown = selected !== undefined;
  const place = useRef(selected);
  place.current = selected;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another finding is looked at anew
  useEffect(() => {
    if (isShown && place.current !== undefined) grid.current?.scrollToRow(place.current);
  }, [selection, isShown]);

  const rowAt = useCallback((at: number) => rows[at], [rows]);
  const select = useCallback(
    (at: number) => {
      const row = rows[at];
      if (row !== undefined) stores.runs.selectFinding({ runId: run.runId, fingerprint: row.fingerprint });
    },
    [rows, run.runId, stores],
  );
  const open = useCallback(
    (at: number) => {
      const row = rows[at];
      if (row !== undefined && row.change !== 'gone') stores.workbench.openEditor(targetOfFinding(run, sample, row));
    },
    [rows, run, sample, stores],
  );
  const row = selected === undefined ? undefined : rows[selected];

  return (
    <div ref={root} className={styles.root}>
      <FindingsBar run={run} shown={rows.length} filter={filter} onFilter={(next) => view.setState({ filter: next })} />
      <div className={styles.body}>
        <DetailSplit
          label="Size of the finding detail"
          side="bottom"
          initial={260}
          detail={
            row === undefined ? undefined : (
              <FindingDetail key={row.fingerprint} row={row} onOpen={() => selected !== undefined && open(selected)} />
            )
          }
        >
          {rows.length === 0 ? (
            <NoneShown
              run={run}
              onShowAll={() => view.setState({ filter: { ...NO_FILTER, showGone: filter.showGone } })}
            />
          ) : (
            <VirtualGrid<FindingRow>
              ref={grid}
              label="Findings"
              columns={columns}
              count={rows.length}
              rowAt={rowAt}
              selected={selected}
              onSelect={select}
              onOpen={open}
              sort={sort}
              onSort={(next) => view.setState({ sort: next as FindingSort })}
            />
          )}
        </DetailSplit>
      </div>
    </div>
  );
}

function NoneShown({ run, onShowAll }: { readonly run: Run; readonly onShowAll: () => void }) {
  return run.findings.length === 0 ? (
    <EmptyState icon="pass" title="No findings any more">
      What the run before found is gone. Press "gone" above to see it.
    </EmptyState>
  ) : (
    <EmptyState
      icon="filter"
      title="No finding matches the filter"
      actions={
        <button type="button" className={styles.link} onClick={onShowAll}>
          Show all findings
        </button>
      }
    />
  );
}
