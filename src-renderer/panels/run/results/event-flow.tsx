/** Events in and events out side by side. The one that is chosen on the left shows what followed from it on the right. */
import type { Run } from '@shared/contracts';
import type { SecurityEvent } from '@shared/schemas';
import { useCallback, useMemo, useState } from 'react';
import { DetailSplit } from '../../../ui/detail-split';
import { formatCount, formatDuration } from '../../../ui/figures';
import type { GridColumn } from '../../../ui/grid-column';
import { Severity } from '../../../ui/severity';
import { ValueTree } from '../../../ui/value-tree';
import { VirtualGrid } from '../../../ui/virtual-grid';
import { type EventIn, type Flow, flowOf, kindOf } from './result-models';
import styles from './results.module.css';

const nameOf = ({ event_name, data }: SecurityEvent) => event_name || String(data?.title ?? '');

/** What it says, and what it is. Events in are often of one kind; those that come out are told apart by it. */
const EventName = ({ event, side }: { readonly event: SecurityEvent; readonly side: 'in' | 'out' }) => (
  <span className={styles.event} data-side={side} title={`${event.event_type} ${nameOf(event)}`}>
    <span>{nameOf(event)}</span>
    <span className={styles.quiet}>{kindOf(event)}</span>
  </span>
);

const Mark = ({ event }: { readonly event: SecurityEvent }) => (
  <Severity severity={event.severity ?? event.priority ?? 'info'} label="" />
);

const IN_COLUMNS: readonly GridColumn<EventIn>[] = [
  { id: 'mark', title: '', width: '20px', render: ({ event }) => <Mark event={event} /> },
  {
    id: 'type',
    title: 'Event in',
    width: 'minmax(120px, 1fr)',
    render: ({ event }) => <EventName event={event} side="in" />,
  },
  {
    id: 'out',
    title: 'Out',
    width: '44px',
    align: 'end',
    render: ({ handled }) =>
      handled?.error_message === undefined ? (
        <span className={styles.figure}>{handled?.published.length ?? '–'}</span>
      ) : (
        <Severity severity="error" label="" />
      ),
  },
];

const outColumns = (causes: Flow['causes']): readonly GridColumn<SecurityEvent>[] => [
  {
    id: 'cause',
    title: 'Of',
    width: '36px',
    render: ({ event_id }) => <span className={styles.figure}>{(causes.get(event_id) ?? -1) + 1 || '–'}</span>,
  },
  { id: 'mark', title: '', width: '20px', render: (event) => <Mark event={event} /> },
  {
    id: 'type',
    title: 'Event out',
    width: 'minmax(120px, 1fr)',
    render: (event) => <EventName event={event} side="out" />,
  },
];

type Chosen = { readonly side: 'in' | 'out'; readonly at: number };

export function EventFlow({ run }: { readonly run: Run }) {
  const flow = useMemo(() => flowOf(run), [run]);
  const [chosen, setChosen] = useState<Chosen>();
  const cause = chosen?.side === 'in' ? chosen.at : flow.causes.get(flow.outs[chosen?.at ?? -1]?.event_id ?? '');
  const columns = useMemo(() => outColumns(flow.causes), [flow.causes]);
  const inAt = useCallback((at: number) => flow.ins[at], [flow]);
  const outAt = useCallback((at: number) => flow.outs[at], [flow]);
  const follows = ({ event_id }: SecurityEvent) =>
    cause !== undefined && flow.causes.get(event_id) === cause ? (styles.linked ?? '') : undefined;
  const causes = (row: EventIn) => (row === flow.ins[cause ?? -1] ? (styles.linked ?? '') : undefined);
  return (
    <DetailSplit
      label="Size of the event"
      side="bottom"
      initial={200}
      detail={chosen === undefined ? undefined : <EventDetail flow={flow} chosen={chosen} />}
    >
      <div className={styles.flow}>
        <VirtualGrid<EventIn>
          label="Events in"
          columns={IN_COLUMNS}
          count={flow.ins.length}
          rowAt={inAt}
          selected={chosen?.side === 'in' ? chosen.at : undefined}
          onSelect={(at) => setChosen({ side: 'in', at })}
          rowClass={causes}
        />
        <div className={styles.outs}>
          <VirtualGrid<SecurityEvent>
            label="Events out"
            columns={columns}
            count={flow.outs.length}
            rowAt={outAt}
            selected={chosen?.side === 'out' ? chosen.at : undefined}
            onSelect={(at) => setChosen({ side: 'out', at })}
            rowClass={follows}
          />
          {flow.outs.length === 0 && run.outcome === 'success' && (
            <p className={styles.nothing}>
              Nothing followed. A plugin may remember events that it has taken before: reload it to begin anew.
            </p>
          )}
        </div>
      </div>
    </DetailSplit>
  );
}

function EventDetail({ flow, chosen }: { readonly flow: Flow; readonly chosen: Chosen }) {
  const input = chosen.side === 'in' ? flow.ins[chosen.at] : undefined;
  const event = input?.event ?? flow.outs[chosen.at];
  const handled = input?.handled;
  return (
    <section className={styles.detail} aria-label="Event">
      {input !== undefined && (
        <p className={styles.source}>
          {handled === undefined
            ? 'It was not sent: the run ended before it.'
            : handled.error_message === undefined
              ? `${formatCount(handled.published.length, 'event')} followed, in ${formatDuration(handled.duration * 1000)}.`
              : `The plugin failed on it: ${handled.error_message}`}
        </p>
      )}
      <ValueTree key={event?.event_id} label="Event" value={event} depth={1} />
    </section>
  );
}
