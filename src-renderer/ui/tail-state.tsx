/** Whether a list that grows is at its end. Away from it, it is the way back, and says how much has come meanwhile. */
import type { ReactNode } from 'react';
import { StateDot } from './state-dot';
import styles from './tail-state.module.css';

interface TailStateProps {
  readonly children: ReactNode;
  /** Absent where the list is at its end. */
  readonly onReturn?: (() => void) | undefined;
  /** Of a list at its end: whether anything comes. */
  readonly color?: string;
}

export const TailState = ({ children, onReturn, color = 'var(--ok)' }: TailStateProps) =>
  onReturn === undefined ? (
    <span className={styles.state}>
      <StateDot color={color} />
      {children}
    </span>
  ) : (
    <button type="button" className={styles.state} onClick={onReturn}>
      <StateDot color="var(--medium)" />
      {children}
    </button>
  );
