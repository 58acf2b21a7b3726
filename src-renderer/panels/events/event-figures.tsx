/** How many events there are, and how fast they come. */
import type { EventStats } from '@shared/contracts';
import { useMemo } from 'react';
import { TailState } from '../../ui/tail-state';
import { type Tail, waitingRows } from './event-tail';
import styles from './events-panel.module.css';

/** Such as "1,204 of 1,000,000 · 0 dropped · 12 evicted". */
interface FiguresProps {
  readonly tail: Tail;
  readonly stats: EventStats | undefined;
  /** The first figure may still grow. */
  readonly searching: boolean;
}

export function EventFigures({ tail, stats, searching }: FiguresProps) {
  const figures = useMemo(() => {
    if (stats === undefined) return '';
    const number = (value: number) => value.toLocaleString('en');
    // What is listed: paused, it does not grow.
    const matching = tail.shown.end - tail.shown.first;
    const evicted = stats.evicted > 0 ? ` · ${number(stats.evicted)} evicted` : '';
    return `${number(matching)}${searching ? '+' : ''} of ${number(stats.stored)} · ${number(stats.dropped)} dropped${evicted}`;
  }, [tail.shown, stats, searching]);
  return (
    <span
      className={styles.figures}
      title="Events that match, of those stored. Dropped: a full queue left them out. Evicted: the store let its oldest go."
    >
      {figures}
    </span>
  );
}

interface LiveProps {
  readonly tail: Tail;
  readonly stats: EventStats | undefined;
  readonly connected: boolean;
  readonly onResume: () => void;
}

export function LiveState({ tail, stats, connected, onResume }: LiveProps) {
  if (!connected) return <TailState color="var(--critical)">disconnected</TailState>;
  return tail.paused ? (
    <TailState onReturn={onResume}>paused · {waitingRows(tail).toLocaleString('en')} waiting</TailState>
  ) : (
    <TailState>live · {Math.round(stats?.perSecond ?? 0).toLocaleString('en')}/s</TailState>
  );
}
