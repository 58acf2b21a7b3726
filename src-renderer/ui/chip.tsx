/** A short fact in a thin frame. */
import type { ReactNode } from 'react';
import styles from './chip.module.css';

interface ChipProps {
  readonly children: ReactNode;
  /** A token such as `var(--ok)`; without one the chip is dim. */
  readonly color?: string;
  readonly mono?: boolean;
  readonly title?: string;
}

export function Chip({ children, color, mono = false, title }: ChipProps) {
  return (
    <span
      className={styles.chip}
      data-mono={mono || undefined}
      title={title}
      style={color === undefined ? undefined : { color, borderColor: color }}
    >
      {children}
    </span>
  );
}
