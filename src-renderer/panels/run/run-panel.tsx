/** Where a sample is run and what was found in it: the table, the finding in detail, and every way a run can go wrong. */
import { Button } from '@mantine/core';
import type { PluginSummary, Sample } from '@shared/contracts';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { resultWords } from '../../stores/result-words';
import { sampleKey, whyGone } from '../../stores/runs';
import { EmptyState } from '../../ui/empty-state';
import { Kbd } from '../../ui/kbd';
import { Skeleton } from '../../ui/skeleton';
import { useLasting } from '../../ui/use-lasting';
import { OutcomeBlock, RefusalBlock } from './outcome-block';
import { RunResult } from './results/run-result';
import { RunOptions } from './run-options';
import styles from './run-panel.module.css';
import { RunProgress } from './run-progress';
import { LastRun, RunToolbar } from './run-toolbar';
import { useActiveSample, usePluginType, useRunningRun, useShownRun } from './use-active-sample';

export function RunPanel() {
  const { folder, samples, sample, gone } = useActiveSample();
  const { commands } = useStores();
  if (folder === undefined) {
    return (
      <EmptyState icon="play" title="Nothing to run yet">
        Open a plugin to run it on a sample.
      </EmptyState>
    );
  }
  if (samples === undefined) return <Skeleton rows={8} label="Reading samples" />;
  if (gone !== undefined) return <GoneSample folder={folder} sampleId={gone} others={samples} />;
  if (sample === undefined) {
    return (
      <EmptyState
        icon="beaker"
        title="Nothing to run on yet"
        actions={
          <>
            <Button onClick={() => commands.run('samples.paste')}>Paste text…</Button>
            <Button onClick={() => commands.run('samples.chooseFile')}>Choose file…</Button>
            <Button onClick={() => commands.run('samples.chooseFolder')}>Choose folder…</Button>
          </>
        }
      >
        Give the plugin something to look at. Files in its samples folder appear here too.
      </EmptyState>
    );
  }
  return <RunOfSample folder={folder} samples={samples} sample={sample} />;
}

interface RunOfSampleProps {
  readonly folder: string;
  readonly samples: readonly Sample[];
  readonly sample: Sample;
}

function RunOfSample({ folder, samples, sample }: RunOfSampleProps) {
  const { runs } = useStores();
  const type = usePluginType(folder);
  const run = useShownRun(folder, sample.id);
  const running = useRunningRun(folder);
  const starting = useStore(runs, (state) => state.starting[folder]);
  const refusal = useStore(runs, (state) => state.refusals[sampleKey(folder, sample.id)]);
  const isBusy = running !== undefined || starting !== undefined;
  const lasts = useLasting(isBusy);
  const runsThis = running?.sampleId === sample.id || starting === sample.id;
  /** Until the new run has something to show, the last one stays, and must not be taken for it. */
  const isOld = lasts && runsThis && run !== undefined && run.outcome !== 'running';

  return (
    <div className={styles.root}>
      <RunToolbar state={!lasts ? 'ready' : running === undefined ? 'starting' : 'running'} />
      <RunOptions key={sampleKey(folder, sample.id)} folder={folder} samples={samples} sample={sample} />
      {lasts ? <RunProgress running={running} isOther={!runsThis} /> : run !== undefined && <LastRun run={run} />}
      {refusal !== undefined && run === undefined && <RefusalBlock folder={folder} error={refusal} />}
      {refusal === undefined && run !== undefined && !isOld && <OutcomeBlock run={run} />}
      <div className={styles.body} data-old={isOld || undefined}>
        {run !== undefined ? (
          <RunResult key={run.pluginType} run={run} sample={sample} />
        ) : (
          !isBusy && refusal === undefined && <NeverRun sample={sample} type={type} />
        )}
      </div>
      {/* Below what the run before has found, which stays where it is. */}
      {refusal !== undefined && run !== undefined && <RefusalBlock folder={folder} error={refusal} />}
    </div>
  );
}

interface GoneSampleProps {
  readonly folder: string;
  readonly sampleId: string;
  readonly others: readonly Sample[];
}

function GoneSample({ folder, sampleId, others: [first] }: GoneSampleProps) {
  const { runs, workbench } = useStores();
  const why = useStore(runs, (state) => whyGone(state, folder, sampleId));
  return (
    <EmptyState
      icon="warning"
      title="The chosen sample is gone"
      actions={
        first !== undefined && (
          <Button onClick={() => workbench.setActiveSample(folder, first.id)}>Take {first.name}</Button>
        )
      }
    >
      <span role="alert">{why} Nothing runs in its place. Put it back, or choose another sample in the explorer.</span>
    </EmptyState>
  );
}

interface NeverRunProps {
  readonly sample: Sample;
  readonly type: NonNullable<PluginSummary['pluginType']>;
}

function NeverRun({ sample, type }: NeverRunProps) {
  const { commands } = useStores();
  return (
    <EmptyState
      icon="play"
      title="Not run yet"
      actions={
        <Button variant="filled" onClick={() => commands.run('run.start')}>
          Run&ensp;
          <Kbd keys="Ctrl+Enter" />
        </Button>
      }
    >
      {resultWords(type).invitation(sample.name)}
    </EmptyState>
  );
}
