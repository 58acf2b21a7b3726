/** One event, whole: as a tree to look into, or as the JSON that was published. */

import { SegmentedControl } from '@mantine/core';
import type { EventRow } from '@shared/contracts';
import type { SecurityEvent } from '@shared/schemas';
import { useEffect, useState } from 'react';
import { useClient, useStores } from '../../stores/context';
import { CopyButton } from '../../ui/copy-button';
import { EmptyState } from '../../ui/empty-state';
import { IconButton } from '../../ui/icon-button';
import { Skeleton } from '../../ui/skeleton';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { ValueTree } from '../../ui/value-tree';
import styles from './events-panel.module.css';

interface EventDetailProps {
  readonly seq: number;
  readonly row: EventRow | undefined;
  readonly onFollowCorrelation: (correlationId: string) => void;
  readonly onClose: () => void;
}

type Shown = { readonly seq: number; readonly event: SecurityEvent | undefined };

export function EventDetail({ seq, row, onFollowCorrelation, onClose }: EventDetailProps) {
  const client = useClient();
  const { notices } = useStores();
  const [shown, setShown] = useState<Shown>();
  const [form, setForm] = useState<'tree' | 'json'>('tree');

  useEffect(() => {
    let left = false;
    client.events.readEvent({ seq }).then(
      ({ event }) => {
        if (!left) setShown({ seq, event });
      },
      (error: unknown) => {
        if (!left) notices.report(error);
      },
    );
    return () => {
      left = true;
    };
  }, [client, notices, seq]);

  // The last event stays until the next one is here.
  const event = shown?.event;
  const correlation = row?.correlationId ?? event?.correlation_id ?? undefined;
  return (
    <section aria-label="Event detail" className={styles.detail}>
      <Toolbar label="Event detail controls">
        <SegmentedControl
          aria-label="Show as"
          data={[
            { value: 'tree', label: 'Tree' },
            { value: 'json', label: 'JSON' },
          ]}
          value={form}
          onChange={(value) => setForm(value as 'tree' | 'json')}
        />
        <Spacer />
        {correlation !== undefined && correlation !== null && correlation !== '' && (
          <IconButton icon="link" label="Follow correlation" onClick={() => onFollowCorrelation(correlation)} />
        )}
        <CopyButton
          label="Copy as JSON"
          disabled={event === undefined}
          text={() => JSON.stringify(event, undefined, 2)}
        />
        <IconButton icon="close" label="Close the detail" keys="Escape" onClick={onClose} />
      </Toolbar>
      <div className={styles.detailBody}>
        {shown === undefined ? (
          <Skeleton rows={6} label="Reading the event" />
        ) : event === undefined ? (
          <EmptyState icon="history" title="This event is gone">
            The store was full and has let its oldest events go.
          </EmptyState>
        ) : form === 'tree' ? (
          <ValueTree key={shown.seq} label="Event" value={event} depth={2} />
        ) : (
          <pre className={styles.json}>{JSON.stringify(event, undefined, 2)}</pre>
        )}
      </div>
    </section>
  );
}
