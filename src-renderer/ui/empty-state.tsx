/** What a place without content says: what belongs here, and the buttons that bring it. */
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon } from './icon';

interface EmptyStateProps {
  readonly icon?: string;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons. */
  readonly actions?: ReactNode;
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.root}>
      <div className={styles.content}>
        {icon !== undefined && <Icon name={icon} size={24} className={styles.icon ?? ''} />}
        <p className={styles.title}>{title}</p>
        {children !== undefined && <div className={styles.text}>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
