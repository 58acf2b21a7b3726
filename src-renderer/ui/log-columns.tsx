/** The columns of a log. */
import type { GridColumn } from './grid-column';
import type { LogScope } from './log-filter';
import { LogLevelWord } from './log-level';
import { fieldsText, firstLine, type LogMessage, timeOfDay } from './log-lines';
import styles from './log-list.module.css';

function Message({ message, fields }: LogMessage) {
  const { text, more } = firstLine(message);
  return (
    <span className={styles.message} title={text}>
      {text}
      {more > 0 && <span className={styles.more}> +{more === 1 ? '1 line' : `${more} lines`}</span>}
      {fields !== undefined && <span className={styles.more}> {fieldsText(fields)}</span>}
    </span>
  );
}

const COLUMNS: readonly (GridColumn<LogMessage> & { readonly only?: LogScope })[] = [
  {
    id: 'time',
    title: 'Time',
    width: '104px',
    render: ({ time }) => <span className={styles.time}>{timeOfDay(time)}</span>,
  },
  { id: 'level', title: 'Level', width: '72px', render: ({ level }) => <LogLevelWord level={level} /> },
  {
    id: 'plugin',
    title: 'Plugin',
    width: '140px',
    only: 'several',
    render: ({ plugin }) => <span title={plugin}>{plugin}</span>,
  },
  {
    id: 'run',
    title: 'Run',
    width: '132px',
    only: 'several',
    render: ({ run }) => (
      <span className={styles.dim} title={run === undefined ? undefined : `Run ${run.id}`}>
        {run?.name}
      </span>
    ),
  },
  { id: 'message', title: 'Message', width: '1fr', render: Message },
];

/** In pixels: below this a column stands aside for the message. */
const ROOM_FOR: Readonly<Record<string, number>> = { run: 760, plugin: 560 };
/** Beside the columns: the padding of a row and the bar of the list. */
const AROUND = 24;
const LEAST_MESSAGE = 180;

/** @param width of the whole list, also where a detail stands over a part of it: columns stay where they are. */
export function logColumns(scope: LogScope, width: number): readonly GridColumn<LogMessage>[] {
  const shown = COLUMNS.filter(({ id, only = scope }) => only === scope && width >= (ROOM_FOR[id] ?? 0));
  const taken = shown
    .filter(({ id }) => id !== 'message')
    .reduce((sum, column) => sum + Number.parseInt(column.width, 10), 0);
  const message = Math.max(LEAST_MESSAGE, width - taken - AROUND);
  return shown.map((column) => (column.id === 'message' ? { ...column, width: `minmax(${message}px, 1fr)` } : column));
}
