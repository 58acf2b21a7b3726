/** The columns of the inspector's table. */
import type { EventRow } from '@shared/contracts';
import type { GridColumn } from '../../ui/grid-column';
import { timeOfDay } from '../../ui/log-lines';
import { Severity } from '../../ui/severity';
import styles from './events-panel.module.css';

/** Only what is above the ordinary has a colour. */
const colourOf = (priority: string) => (priority === 'critical' || priority === 'high' ? priority : 'info');

export const EventPriority = ({ priority }: { readonly priority: string }) => (
  <Severity severity={colourOf(priority)} label={priority} />
);

const COLUMNS: readonly GridColumn<EventRow>[] = [
  {
    id: 'time',
    title: 'Time',
    width: '112px',
    render: ({ timestamp }) => <span className={styles.mono}>{timeOfDay(new Date(timestamp)) || timestamp}</span>,
  },
  {
    id: 'type',
    title: 'Type',
    width: 'minmax(150px, 248px)',
    render: ({ type }) => (
      <span className={styles.mono} title={type}>
        {type}
      </span>
    ),
  },
  { id: 'priority', title: 'Priority', width: '92px', render: ({ priority }) => <EventPriority priority={priority} /> },
  {
    id: 'source',
    title: 'Source',
    width: 'minmax(110px, 168px)',
    render: ({ source }) => <span title={source}>{source}</span>,
  },
  {
    id: 'data',
    title: 'Data',
    width: 'minmax(140px, 1fr)',
    render: ({ summary }) => <span className={styles.quiet}>{summary}</span>,
  },
  {
    id: 'correlation',
    title: 'Correlation',
    width: 'minmax(72px, 104px)',
    render: ({ correlationId = '' }) => (
      <span className={styles.quiet} title={correlationId}>
        {correlationId}
      </span>
    ),
  },
];

/** In pixels: below this a column stands aside for what happened. */
const ROOM_FOR: Readonly<Record<string, number>> = { correlation: 860, source: 700 };

export const eventColumns = (width: number): readonly GridColumn<EventRow>[] =>
  COLUMNS.filter(({ id }) => width >= (ROOM_FOR[id] ?? 0));
