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
    width: '248px',
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
    width: '168px',
    render: ({ source }) => <span title={source}>{source}</span>,
  },
  {
    id: 'data',
    title: 'Data',
    width: '1fr',
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

/** In pixels: below this a column stands aside for what happened. */
const ROOM_FOR: Readonly<Record<string, number>> = { correlation: 920, source: 820 };

/** Beside the columns: the padding of a row and the bar of the list. */
const AROUND = 24;
const LEAST_DATA = 200;

/**
 * @param width of the whole inspector. What happened takes what the others leave of it; where a detail stands over a
 * part of the list, the columns stay as they were.
 */
export function eventColumns(width: number): readonly GridColumn<EventRow>[] {
  const shown = COLUMNS.filter(({ id }) => width >= (ROOM_FOR[id] ?? 0));
  const taken = shown
    .filter(({ id }) => id !== 'data')
    .reduce((sum, column) => sum + Number.parseInt(column.width, 10), 0);
  const data = Math.max(LEAST_DATA, width - taken - AROUND);
  return shown.map((column) => (column.id === 'data' ? { ...column, width: `minmax(${data}px, 1fr)` } : column));
}
