/** Lines of a log under a bar that filters and copies them. It stays at its newest line until somebody scrolls up. */
import { Select, TextInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { CopyButton } from './copy-button';
import { EmptyState } from './empty-state';
import { formatCount } from './figures';
import type { GridColumn } from './grid-column';
import { Icon } from './icon';
import {
  filterLog,
  type LogFilter,
  type LogLevel,
  type LogLine,
  type LogMessage,
  linesOf,
  logText,
  timeOfDay,
} from './log-lines';
import styles from './log-list.module.css';
import { severityColor } from './severity';
import { Spacer, Toolbar } from './toolbar';
import { VirtualGrid } from './virtual-grid';

interface LogListProps {
  readonly label: string;
  readonly messages: readonly LogMessage[];
  /** Says what would be here, while nothing was logged. */
  readonly empty: ReactNode;
  /** More controls, at the right of the bar. */
  readonly actions?: ReactNode;
  /** A sentence about what is not here, such as lines that were let go. */
  readonly note?: string | undefined;
}

const LEVELS: { value: LogLevel; label: string }[] = [
  { value: 'debug', label: 'All levels' },
  { value: 'info', label: 'Info and worse' },
  { value: 'warning', label: 'Warnings and errors' },
  { value: 'error', label: 'Errors' },
];

const COLUMNS: readonly GridColumn<LogLine>[] = [
  {
    id: 'time',
    title: 'Time',
    width: '104px',
    render: ({ head }) => <span className={styles.time}>{head === undefined ? '' : timeOfDay(head.time)}</span>,
  },
  {
    id: 'level',
    title: 'Level',
    width: '72px',
    render: ({ head }) =>
      head === undefined ? undefined : <span style={{ color: levelColor(head.level) }}>{head.level}</span>,
  },
  {
    id: 'message',
    title: 'Message',
    width: 'minmax(240px, max-content)',
    render: ({ text }) => <pre className={styles.text}>{text}</pre>,
  },
];

const levelColor = (level: LogLevel) =>
  level === 'error' || level === 'warning' ? severityColor(level) : level === 'info' ? 'var(--accent)' : 'var(--dim)';

export function LogList({ label, messages, empty, actions, note }: LogListProps) {
  const [filter, setFilter] = useState<LogFilter>({ level: 'debug', text: '' });
  const [following, setFollowing] = useState(true);
  const [selected, setSelected] = useState<number>();
  const shown = useMemo(() => filterLog(messages, filter), [messages, filter]);
  const lines = useMemo(() => linesOf(shown), [shown]);

  return (
    <div className={styles.root}>
      <Toolbar label={`${label} controls`}>
        <Select
          aria-label="Level"
          className={styles.level ?? ''}
          data={LEVELS}
          value={filter.level}
          allowDeselect={false}
          onChange={(level) => setFilter({ ...filter, level: level as LogLevel })}
        />
        <TextInput
          aria-label="Filter by text"
          placeholder="Filter by text"
          className={styles.filter ?? ''}
          leftSection={<Icon name="filter" size={14} />}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        />
        <Spacer />
        {note !== undefined && <span className={styles.note}>{note}</span>}
        <span className={styles.note}>
          {shown.length === messages.length
            ? formatCount(messages.length, 'message')
            : `${shown.length.toLocaleString('en')} of ${formatCount(messages.length, 'message')}`}
        </span>
        <CopyButton label="Copy what is shown" text={() => logText(shown)} disabled={shown.length === 0} />
        {actions}
      </Toolbar>
      <div className={styles.lines}>
        {messages.length === 0 ? (
          empty
        ) : lines.length === 0 ? (
          <EmptyState icon="filter" title="Nothing matches the filter" />
        ) : (
          <VirtualGrid
            label={label}
            columns={COLUMNS}
            count={lines.length}
            rowAt={(index) => lines[index]}
            rowHeight={22}
            selected={selected}
            onSelect={setSelected}
            following={following}
            onFollow={setFollowing}
          />
        )}
      </div>
    </div>
  );
}
