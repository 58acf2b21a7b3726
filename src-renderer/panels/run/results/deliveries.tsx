/** What became of a notification on each channel, and what was sent there. */
import type { Run } from '@shared/contracts';
import type { NotificationResult } from '@shared/schemas';
import { useCallback, useMemo, useState } from 'react';
import { DetailSplit } from '../../../ui/detail-split';
import { formatDuration } from '../../../ui/figures';
import type { GridColumn } from '../../../ui/grid-column';
import { Icon } from '../../../ui/icon';
import { ValueTree } from '../../../ui/value-tree';
import { VirtualGrid } from '../../../ui/virtual-grid';
import { type Delivery, deliveriesOf, partsOfResponse } from './result-models';
import styles from './results.module.css';

const State = ({ result }: { readonly result: NotificationResult }) => {
  const [icon, color, word] = result.success
    ? ['pass', 'var(--ok)', 'sent']
    : result.will_retry
      ? ['history', 'var(--medium)', 'will retry']
      : ['error', 'var(--critical)', 'failed'];
  return (
    <span className={styles.state}>
      <Icon name={icon ?? ''} size={14} color={color ?? ''} />
      {word}
    </span>
  );
};

const time = (text: string | null | undefined) => (text ? new Date(text).toLocaleTimeString('en-GB') : '');

const COLUMNS: readonly GridColumn<Delivery>[] = [
  { id: 'state', title: 'State', width: '96px', render: ({ result }) => <State result={result} /> },
  { id: 'channel', title: 'Channel', width: '84px', render: ({ result }) => result.channel },
  {
    id: 'title',
    title: 'Notification',
    width: 'minmax(110px, 1fr)',
    render: ({ title }) => <span title={title}>{title}</span>,
  },
  {
    id: 'answer',
    title: 'Answer',
    width: 'minmax(110px, 1fr)',
    render: ({ result }) => {
      const answer = [result.status_code, result.status_message].filter((part) => part !== undefined && part !== null);
      return <span title={answer.join(' ')}>{answer.join(' ')}</span>;
    },
  },
  {
    id: 'retries',
    title: 'Retries',
    width: '60px',
    align: 'end',
    render: ({ result }) => <span className={styles.figure}>{result.retry_count ?? 0}</span>,
  },
];
/** Only where a plugin names one: most try again by themselves before they answer. */
const NEXT: GridColumn<Delivery> = {
  id: 'next',
  title: 'Next retry',
  width: '82px',
  render: ({ result }) => time(result.next_retry_at),
};

export function Deliveries({ run }: { readonly run: Run }) {
  const rows = useMemo(() => deliveriesOf(run), [run]);
  const columns = useMemo(
    () => (rows.some(({ result }) => result.next_retry_at) ? [...COLUMNS, NEXT] : COLUMNS),
    [rows],
  );
  const [selected, setSelected] = useState<number | undefined>(0);
  const rowAt = useCallback((at: number) => rows[at], [rows]);
  const row = selected === undefined ? undefined : rows[selected];
  return (
    <DetailSplit
      label="Size of the delivery"
      side="bottom"
      initial={200}
      detail={row === undefined ? undefined : <DeliveryDetail key={row.key} delivery={row} />}
    >
      <VirtualGrid<Delivery>
        label="Deliveries"
        columns={columns}
        count={rows.length}
        rowAt={rowAt}
        selected={selected}
        onSelect={setSelected}
      />
    </DetailSplit>
  );
}

function DeliveryDetail({ delivery }: { readonly delivery: Delivery }) {
  const { result, request } = delivery;
  const { sent, answer } = partsOfResponse(result);
  const facts = {
    Delivered: result.delivered_at ? new Date(result.delivered_at).toLocaleString('en-GB') : undefined,
    Took: typeof result.delivery_duration === 'number' ? formatDuration(result.delivery_duration * 1000) : undefined,
    Reached: result.recipients?.join(', '),
    'Not reached': result.failed_recipients?.join(', '),
    'Id there': result.external_id ?? undefined,
  };
  return (
    <section className={styles.detail} aria-label="Delivery">
      <dl className={styles.facts}>
        {Object.entries(facts).map(
          ([name, value]) =>
            value !== undefined &&
            value !== '' && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {sent !== undefined && (
        <>
          <h4 className={styles.heading}>What was sent</h4>
          <ValueTree label="What was sent" value={sent} depth={2} />
        </>
      )}
      <h4 className={styles.heading}>What the channel answered</h4>
      <ValueTree label="What the channel answered" value={answer} depth={2} />
      <h4 className={styles.heading}>What was asked to be sent</h4>
      <ValueTree label="What was asked to be sent" value={request} depth={1} />
    </section>
  );
}
