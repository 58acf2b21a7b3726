/** A folder sample: the files in which the last run found something. */
import { Button } from '@mantine/core';
import type { Sample } from '@shared/contracts';
import { SEVERITIES } from '@shared/schemas';
import { useCallback, useMemo, useState } from 'react';
import { useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { formatCount } from '../../ui/figures';
import type { GridColumn } from '../../ui/grid-column';
import { Severity, severityColor } from '../../ui/severity';
import { Toolbar } from '../../ui/toolbar';
import { VirtualGrid } from '../../ui/virtual-grid';
import { type FileFindings, filesDone, findingsByFile } from './file-findings';
import styles from './sample-files.module.css';
import { useRunningRun, useShownRun } from './use-active-sample';

const COLUMNS: readonly GridColumn<FileFindings>[] = [
  { id: 'worst', title: 'Worst', width: '92px', render: ({ worst }) => <Severity severity={worst} /> },
  {
    id: 'file',
    title: 'File',
    width: 'minmax(160px, 1fr)',
    render: ({ file }) => <span className={styles.file}>{file === '' ? '(no file named)' : file}</span>,
  },
  {
    id: 'count',
    title: 'Findings',
    width: '180px',
    render: ({ count, bySeverity }) => (
      <span className={styles.counts}>
        <span className={styles.count}>{count.toLocaleString('en')}</span>
        {SEVERITIES.filter((severity) => bySeverity[severity] > 0).map((severity) => (
          <span key={severity} title={severity} style={{ color: severityColor(severity) }}>
            {bySeverity[severity]}
          </span>
        ))}
      </span>
    ),
  },
];

export function SampleFiles({ folder, sample }: { readonly folder: string; readonly sample: Sample }) {
  const { workbench, commands } = useStores();
  const run = useShownRun(folder, sample.id);
  const running = useRunningRun(folder);
  const [selected, setSelected] = useState<number>();
  const files = useMemo(() => findingsByFile(run?.findings ?? []), [run]);
  const rowAt = useCallback((index: number) => files[index], [files]);
  const open = (index: number) => {
    const file = files[index]?.file;
    if (file !== undefined && file !== '') workbench.openEditor({ kind: 'sample', folder, sampleId: sample.id, file });
  };

  if (run === undefined) {
    return (
      <EmptyState
        icon="folder"
        title={sample.name}
        actions={
          running === undefined && (
            <Button variant="filled" onClick={() => commands.run('run.start')}>
              Run
            </Button>
          )
        }
      >
        {running === undefined
          ? 'Run the plugin on this folder to see in which files it finds something.'
          : 'The files with findings appear as they are found.'}
      </EmptyState>
    );
  }
  const done = filesDone(run, running);
  if (files.length === 0) {
    return run.outcome === 'success' ? (
      <EmptyState icon="pass" title="No findings">
        Nothing was found in {formatCount(done, 'file')} of {sample.name}.
      </EmptyState>
    ) : (
      <EmptyState icon="warning" title="Not examined to the end">
        The run panel says what went wrong. Nothing had been found in {sample.name} until then.
      </EmptyState>
    );
  }
  return (
    <div className={styles.root}>
      <Toolbar label="Files">
        <span className={styles.summary}>
          {formatCount(files.length, 'file')} with findings, of {done.toLocaleString('en')} in {sample.name}
          {run.outcome === 'running' && ' so far'}
        </span>
      </Toolbar>
      <div className={styles.body}>
        <VirtualGrid<FileFindings>
          label="Files"
          columns={COLUMNS}
          count={files.length}
          rowAt={rowAt}
          selected={selected}
          onSelect={setSelected}
          onOpen={open}
        />
      </div>
    </div>
  );
}
