/**
 * A log under a bar that filters and copies it. It stays at its newest message until somebody scrolls up, and then
 * says how many have come.
 */
import { Button, Select } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { CopyButton } from './copy-button';
import { DetailSplit } from './detail-split';
import { EmptyState } from './empty-state';
import { formatCount } from './figures';
import { FilterField, type FilterFieldHandle } from './filter-field';
import { IconButton } from './icon-button';
import { LogDetail } from './log-detail';
import { LOG_HELP, withLevel } from './log-filter';
import { type LogLevel, logJson, logText } from './log-lines';
import styles from './log-list.module.css';
import { LogTable } from './log-table';
import type { LogView } from './log-view';
import { TailState } from './tail-state';
import { useWidth } from './use-width';
import type { GridHandle } from './virtual-grid';

interface LogListProps {
  readonly label: string;
  readonly view: LogView;
  /** It grows while it is looked at. */
  readonly live: boolean;
  /** Says what would be here, while nothing was logged. */
  readonly empty: ReactNode;
  /** More controls, at the right of the bar. */
  readonly actions?: ReactNode;
  readonly onError: (error: unknown) => void;
  /** Asks to put the cursor into the filter. */
  readonly onFocusFilter?: (listener: () => void) => () => void;
}

const LEVELS: { value: LogLevel; label: string }[] = [
  { value: 'debug', label: 'All levels' },
  { value: 'info', label: 'Info and worse' },
  { value: 'warning', label: 'Warnings, errors' },
  { value: 'error', label: 'Errors' },
];

export function LogList({ label, view, live, empty, actions, onError, onFocusFilter }: LogListProps) {
  const { messages, shown, text, parsed, applied, following, selected, detailShown } = useStore(view);
  const filter = useRef<FilterFieldHandle>(null);
  const grid = useRef<GridHandle>(null);
  const [body, width] = useWidth<HTMLDivElement>();
  useEffect(() => onFocusFilter?.(() => filter.current?.focus()), [onFocusFilter]);

  const entry = selected === undefined ? undefined : shown.find(({ key }) => key === selected.at);
  const isRange = selected !== undefined && selected.at !== selected.from;
  const copied = isRange ? 'the selection' : entry === undefined ? 'what is shown' : 'the message';
  const copying = (write: typeof logText) => () => write(view.toCopy());
  const closeDetail = () => {
    view.showDetail(false);
    grid.current?.focus();
  };
  return (
    <div className={styles.root}>
      <div className={styles.bar} role="toolbar" aria-label={`${label} controls`}>
        <FilterField
          ref={filter}
          label={`Filter ${label.toLowerCase()}`}
          placeholder={
            view.scope === 'several' ? 'level>=warning plugin:threat* "any text"' : 'level>=warning "any text"'
          }
          help={LOG_HELP[view.scope]}
          text={text}
          parsed={parsed}
          applied={applied}
          onChange={view.setText}
          onLeave={() => grid.current?.focus()}
        />
        <Select
          aria-label="Level"
          className={styles.level ?? ''}
          data={LEVELS}
          value={parsed.filter.level}
          allowDeselect={false}
          onChange={(level) => view.setText(withLevel(text, level as LogLevel))}
        />
        <Figures view={view} />
        {live && <Tail view={view} />}
        {live && (
          <IconButton
            icon="arrow-down"
            label="Follow the newest"
            keys="F"
            pressed={following}
            onClick={() => view.setFollowing(!following)}
          />
        )}
        <CopyButton label={`Copy ${copied}`} text={copying(logText)} disabled={shown.length === 0} />
        <CopyButton
          label={`Copy ${copied} as JSON lines`}
          icon="json"
          text={copying(logJson)}
          disabled={shown.length === 0}
        />
        {actions}
      </div>
      <div ref={body} className={styles.body}>
        <DetailSplit
          label="Size of the log message"
          side={width > 0 && width < 640 ? 'bottom' : 'right'}
          initial={width > 0 && width < 640 ? 180 : 380}
          least={120}
          leastList={width < 640 ? 80 : 320}
          detail={entry !== undefined && detailShown ? <LogDetail message={entry} onClose={closeDetail} /> : undefined}
        >
          {messages.length === 0 ? (
            empty
          ) : shown.length === 0 ? (
            <EmptyState
              icon="filter"
              title="No message matches the filter"
              actions={<Button onClick={() => view.setText('')}>Clear the filter</Button>}
            />
          ) : (
            <LogTable
              label={label}
              view={view}
              width={width}
              gridRef={grid}
              onFocusFilter={() => filter.current?.focus()}
              onEscape={closeDetail}
              onError={onError}
            />
          )}
        </DetailSplit>
      </div>
    </div>
  );
}

/** Such as "12 of 1,204 · 30 let go". */
function Figures({ view }: { readonly view: LogView }) {
  const { messages, shown, letGo } = useStore(view);
  const all = formatCount(messages.length, 'message');
  const figures = shown.length === messages.length ? all : `${shown.length.toLocaleString('en')} of ${all}`;
  return (
    <span
      className={styles.figures}
      title="Messages that match, of those kept. Let go: the log was full, and its oldest made room."
    >
      {figures}
      {letGo > 0 && ` · ${letGo.toLocaleString('en')} let go`}
    </span>
  );
}

function Tail({ view }: { readonly view: LogView }) {
  const { following, waiting } = useStore(view);
  return following ? (
    <TailState>live</TailState>
  ) : (
    <TailState onReturn={() => view.setFollowing(true)}>{waiting.toLocaleString('en')} new</TailState>
  );
}
