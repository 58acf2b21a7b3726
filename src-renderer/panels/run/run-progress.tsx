/** How far a run is: a scan in percent, several requests by their number. One request alone cannot say. */
import { Button } from '@mantine/core';
import type { RunSummary } from '@shared/contracts';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { countResults } from '../../stores/result-words';
import { formatCount } from '../../ui/figures';
import { Kbd } from '../../ui/kbd';
import styles from './run-panel.module.css';

interface RunProgressProps {
  /** Undefined while the plugin is being built and started. */
  readonly running: RunSummary | undefined;
  /** Another sample than the one on show is being run. */
  readonly isOther: boolean;
}

export function RunProgress({ running, isOther }: RunProgressProps) {
  const progress = running?.progress;
  const name = isOther && running !== undefined ? `${running.sampleName}: ` : '';
  const seconds = useSeconds(running?.runId);
  const { commands, permissions } = useStores();
  // Its time limits stand still meanwhile.
  const question = useStore(permissions, ({ questions }) =>
    questions.find(({ folder }) => running !== undefined && folder === running.folder),
  );
  const text =
    running === undefined
      ? 'Building and starting the plugin…'
      : progress === undefined
        ? `${name}running${seconds === 0 ? '…' : ` for ${seconds} s`}`
        : `${name}${howFar(progress)} · ${countResults(running)}`;
  return (
    <div className={styles.progress}>
      <div
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuemin={0}
        aria-valuemax={progress?.total}
        aria-valuenow={progress?.done}
        aria-valuetext={text}
        className={styles.track}
        data-endless={progress === undefined || undefined}
      >
        <span
          className={styles.bar}
          style={{
            width: progress === undefined ? undefined : `${(100 * progress.done) / Math.max(1, progress.total)}%`,
          }}
        />
      </div>
      <div className={styles.progressText}>
        <span>
          {question === undefined ? text : name === '' ? 'Waits for your answer' : `${name}waits for your answer`}
        </span>
        {question !== undefined && (
          <Button onClick={() => commands.run('permissions.answer')} rightSection={<Kbd keys="Ctrl+Shift+Y" />}>
            Answer the question
          </Button>
        )}
        {progress !== undefined && (
          <span className={styles.current} title={progress.current}>
            <bdi>{progress.current}</bdi>
          </span>
        )}
      </div>
    </div>
  );
}

const howFar = ({ done, total, unit }: NonNullable<RunSummary['progress']>): string =>
  unit === 'percent' ? `${done} %` : `${done.toLocaleString('en')} of ${formatCount(total, unit)}`;

/** Whole seconds since the run came into view; the clock of the host may be another one. */
function useSeconds(runId: string | undefined): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (runId === undefined) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [runId]);
  return seconds;
}
