/** The notices, newest at the bottom, above what waits there for an answer. A failure stays until it was read. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../stores/context';
import type { Notice } from '../stores/notices';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import styles from './notices-view.module.css';

const NEWS_STAYS = 6000;

const ICONS = {
  error: { name: 'error', color: 'var(--critical)' },
  warning: { name: 'warning', color: 'var(--medium)' },
  info: { name: 'info', color: 'var(--low)' },
} as const;

export function NoticesView({ children }: { readonly children: ReactNode }) {
  const { notices } = useStores();
  const shown = useStore(notices, (state) => state.notices);
  return (
    <section aria-label="Notices" className={styles.stack}>
      {shown.map((notice) => (
        <NoticeView key={notice.id} notice={notice} />
      ))}
      {children}
    </section>
  );
}

function NoticeView({ notice }: { readonly notice: Notice }) {
  const { notices } = useStores();
  const { id, kind, message, actions = [] } = notice;

  useEffect(() => {
    if (kind !== 'info') return;
    const timer = setTimeout(() => notices.dismiss(id), NEWS_STAYS);
    return () => clearTimeout(timer);
  }, [notices, id, kind]);

  return (
    <div role={kind === 'error' ? 'alert' : 'status'} className={styles.notice}>
      <Icon {...ICONS[kind]} />
      <div className={styles.content}>
        <p className={styles.message}>{message}</p>
        {actions.length > 0 && (
          <div className={styles.actions}>
            {actions.map(({ title, run }) => (
              <Button
                key={title}
                onClick={() => {
                  notices.dismiss(id);
                  Promise.resolve()
                    .then(run)
                    .catch((error: unknown) => notices.report(error));
                }}
              >
                {title}
              </Button>
            ))}
          </div>
        )}
      </div>
      <IconButton icon="close" label="Dismiss" onClick={() => notices.dismiss(id)} />
    </div>
  );
}
