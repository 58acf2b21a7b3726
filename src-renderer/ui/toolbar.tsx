/** The row of controls at the top of a panel; what belongs to the right comes after a Spacer. */
import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

interface ToolbarProps {
  readonly label: string;
  readonly children: ReactNode;
}

export const Toolbar = ({ label, children }: ToolbarProps) => (
  <div role="toolbar" aria-label={label} className={styles.toolbar}>
    {children}
  </div>
);

export const Spacer = () => <span className={styles.spacer} />;
