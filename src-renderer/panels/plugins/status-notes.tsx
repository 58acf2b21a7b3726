/** What somebody has to know of a plugin: that it is in quarantine, hit a limit, failed, or runs older code. */
import { Button } from '@mantine/core';
import type { PluginStatus } from '@shared/contracts';
import type { ReactNode } from 'react';
import { formatTime } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import styles from './plugins-panel.module.css';

const Note = ({ icon, tone, children }: { icon: string; tone: 'error' | 'warning'; children: ReactNode }) => (
  <div role="status" className={styles.note} data-tone={tone}>
    <Icon name={icon} />
    <div>{children}</div>
  </div>
);

export function StatusNotes({ status, release }: { readonly status: PluginStatus; readonly release: () => void }) {
  const { quarantine, endReason, error, reloadError, nextRestartAt } = status;
  return (
    <>
      {quarantine !== undefined && (
        <Note icon="circle-slash" tone="error">
          <strong>In quarantine since {formatTime(quarantine.since)}.</strong> It crashed {quarantine.reasons.length}{' '}
          times in a short while, and does not start before it is released.
          <ul aria-label="Crashes">
            {quarantine.reasons.map(({ at, message }) => (
              <li key={at}>
                <time>{formatTime(at)}</time> {message}
              </li>
            ))}
          </ul>
          <Button onClick={release}>Release from quarantine</Button>
        </Note>
      )}
      {quarantine === undefined && error !== undefined && (
        <Note icon="error" tone="error">
          {endReason !== undefined && <strong>Limit: {endReason.reason}. </strong>}
          {error.message}
          {nextRestartAt !== undefined && ` It starts again at ${formatTime(nextRestartAt)}.`}
        </Note>
      )}
      {reloadError !== undefined && (
        <Note icon="warning" tone="warning">
          <strong>What was saved last does not start, so the code before goes on.</strong> {reloadError.message}
        </Note>
      )}
    </>
  );
}
