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

export const EVENT_COLUMNS: readonly GridColumn<EventRow>[] = [
  {
    id: 'time',
    title: 'Time',
    width: '112px',
    render: ({ timestamp }) => <span className={styles.mono}>{timeOfDay(new Date(timestamp)) || timestamp}</span>,
  },
  {
    id: 'type',
    title: 'Type',
    width: '248px',
    render: ({ type }) => (
      <span className={styles.mono} title={type}>
        {type}
      </span>
    ),
  },
  { id: 'priority', title: 'Priority', width: '92px', render: ({ priority }) => <EventPriority priority={priority} /> },
  { id: 'source', title: 'Source', width: '168px', render: ({ source }) => <span title={source}>{source}</span> },
  {
    id: 'data',
    title: 'Data',
    width: 'minmax(180px, 1fr)',
    render: ({ summary }) => <span className={styles.quiet}>{summary}</span>,
  },
  {
    id: 'correlation',
    title: 'Correlation',
    width: '104px',
    render: ({ correlationId = '' }) => (
      <span className={styles.quiet} title={correlationId}>
        {correlationId}
      </span>
    ),
  },
];
