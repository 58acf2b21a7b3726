/** The samples of the active plugin, each with what its last run found. A click shows the sample and makes it the one that Run takes. */
import { Button, Menu } from '@mantine/core';
import { OUTCOME_WORDS, type Sample } from '@shared/contracts';
import { type KeyboardEvent, useEffect } from 'react';
import { useStore } from 'zustand';
import { fileIcon } from '../../editor/file-icon';
import { useStores } from '../../stores/context';
import { countResults } from '../../stores/result-words';
import { nameOfSample } from '../../stores/runs';
import type { ContextMenuGroups } from '../../ui/context-menu';
import { EmptyState } from '../../ui/empty-state';
import { formatDuration } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Skeleton } from '../../ui/skeleton';
import { useContextMenu } from '../../ui/use-context-menu';
import styles from './sample-list.module.css';

export function SampleList() {
  const stores = useStores();
  const { workbench, runs, notices, commands } = stores;
  const folder = useStore(workbench, (state) => state.activeFolder);
  const samples = useStore(runs, (state) => (folder === undefined ? undefined : state.samples[folder]));
  const activeId = useStore(workbench, (state) => (folder === undefined ? undefined : state.activeSamples[folder]));
  const [menu, openMenu] = useContextMenu();

  useEffect(() => {
    if (folder !== undefined) runs.loadSamples(folder).catch(notices.report);
  }, [runs, notices, folder]);

  if (folder === undefined)
    return <EmptyState title="Samples belong to a plugin">Open a plugin to see its samples.</EmptyState>;
  if (samples === undefined) return <Skeleton rows={4} label="Reading the samples" />;
  if (samples.length === 0) {
    return (
      <EmptyState
        title="No samples yet"
        actions={
          <>
            <Button onClick={() => commands.run('samples.chooseFile')}>Choose file…</Button>
            <Button onClick={() => commands.run('samples.paste')}>Paste text…</Button>
          </>
        }
      >
        A sample is what a run sends to the plugin: a file, a folder or some text.
      </EmptyState>
    );
  }

  const show = ({ id }: Sample) => {
    workbench.setActiveSample(folder, id);
    workbench.openEditor({ kind: 'sample', folder, sampleId: id });
  };
  const menuOf = (sample: Sample): ContextMenuGroups => [
    [
      {
        label: 'Run',
        icon: 'play',
        keys: 'Ctrl+Enter',
        run: () => {
          workbench.setActiveSample(folder, sample.id);
          commands.run('run.start');
        },
      },
      { label: 'Show', icon: 'go-to-file', run: () => show(sample) },
    ],
    sample.path === undefined
      ? []
      : [{ label: 'Copy path', icon: 'copy', run: () => void navigator.clipboard.writeText(sample.path ?? '') }],
    sample.origin === 'samples'
      ? []
      : [
          {
            label: 'Remove from list',
            icon: 'close',
            run() {
              // What was taken off the list on purpose is not waited for.
              const other = samples.find(({ id }) => id !== sample.id)?.id;
              if (activeId === sample.id) workbench.setActiveSample(folder, other);
              runs.forgetSample(folder, sample.id).catch(notices.report);
            },
          },
        ],
  ];
  const current = samples.some(({ id }) => id === activeId) ? activeId : samples[0]?.id;

  return (
    <div role="listbox" aria-label="Samples" tabIndex={-1} className={styles.list} onKeyDown={moveFocus}>
      {samples.map((sample) => (
        <div
          key={sample.id}
          role="option"
          aria-label={sample.name}
          aria-selected={sample.id === activeId}
          tabIndex={sample.id === current ? 0 : -1}
          title={sample.path ?? sample.name}
          className={styles.row}
          onClick={() => show(sample)}
          onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && !event.metaKey && show(sample)}
          onContextMenu={(event) => openMenu(event, menuOf(sample))}
        >
          <Icon
            name={sample.kind === 'folder' ? 'folder' : sample.kind === 'text' ? 'clippy' : fileIcon(sample.name)}
          />
          <span className={styles.name}>{sample.name}</span>
          <LastRun folder={folder} sampleId={sample.id} />
        </div>
      ))}
      {activeId !== undefined && current !== activeId && <Gone sampleId={activeId} />}
      {menu}
    </div>
  );
}

/** What Run would take is not there: it keeps its place until another one is chosen. */
const Gone = ({ sampleId }: { readonly sampleId: string }) => (
  <div
    role="option"
    aria-label={`${nameOfSample(sampleId)}, gone`}
    aria-selected
    aria-disabled
    tabIndex={-1}
    title="It is not there any more. Choose another one, or put it back."
    className={styles.row}
  >
    <Icon name="warning" />
    <span className={styles.name}>{nameOfSample(sampleId)}</span>
    <span className={styles.result}>gone</span>
  </div>
);

function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=option]')];
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(event.target as HTMLElement) + step))]?.focus();
}

/** Drawn again by itself: a run over a folder tells of its progress many times a second. */
function LastRun({ folder, sampleId }: { readonly folder: string; readonly sampleId: string }) {
  const { runs } = useStores();
  const summary = useStore(runs, (state) => state.summaries[folder]?.find((each) => each.sampleId === sampleId));
  if (summary === undefined) return undefined;
  const { outcome, findingCount, durationMs } = summary;
  if (outcome === 'running') {
    return (
      <span className={styles.result} title="It is being run">
        <Icon name="loading" spin />
      </span>
    );
  }
  const findings = countResults(summary);
  if (outcome !== 'success') {
    return (
      <span
        className={styles.result}
        data-failed
        title={`The last run: ${OUTCOME_WORDS[outcome]} after ${formatDuration(durationMs)}`}
      >
        {OUTCOME_WORDS[outcome]}
      </span>
    );
  }
  return (
    <span
      className={styles.result}
      data-clean={findingCount === 0 || undefined}
      title={`${findings} in ${formatDuration(durationMs)}`}
    >
      {findings}
    </span>
  );
}

/** The button that adds a sample, for the section's header. */
export function AddSample() {
  const { commands } = useStores();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton icon="add" label="Add sample" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="file" />} onClick={() => commands.run('samples.chooseFile')}>
          Choose file…
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="folder" />} onClick={() => commands.run('samples.chooseFolder')}>
          Choose folder…
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="clippy" />} onClick={() => commands.run('samples.paste')}>
          Paste text…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
