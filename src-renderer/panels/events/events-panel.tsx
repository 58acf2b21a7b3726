/**
 * The event inspector: what passes over the bus, live, filtered, and each event to look into. The table draws only
 * what is on the screen, out of a store in the host that may hold a million events.
 */

import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { Delayed } from '../../ui/delayed';
import { DetailSplit } from '../../ui/detail-split';
import { EmptyState } from '../../ui/empty-state';
import { FilterField, type FilterFieldHandle } from '../../ui/filter-field';
import { withTerm } from '../../ui/filter-terms';
import { IconButton } from '../../ui/icon-button';
import { Skeleton } from '../../ui/skeleton';
import { useWidth } from '../../ui/use-width';
import type { GridHandle } from '../../ui/virtual-grid';
import { EventDetail } from './event-detail';
import { EventFigures, LiveState } from './event-figures';
import { EventTable } from './event-table';
import styles from './events-panel.module.css';
import { eventsViewOf } from './events-view-of';
import { EVENT_FILTER } from './filter-examples';

export function EventsPanel() {
  const client = useClient();
  const stores = useStores();
  const view = eventsViewOf(stores, client);
  const { text, parsed, applied, opened, tail, searching, stats, selected, detailShown } = useStore(view);
  const connection = useStore(stores.workbench, (state) => state.connection);
  const filter = useRef<FilterFieldHandle>(null);
  const grid = useRef<GridHandle>(null);
  const [body, width] = useWidth<HTMLDivElement>();
  useEffect(() => view.attach(), [view]);
  useEffect(() => view.onFocusFilter(() => filter.current?.focus()), [view]);

  /** In place of the whole filter: what was filtered out is part of what followed. */
  const followCorrelation = (id: string) => view.setText(withTerm('', 'correlation', id));
  const closeDetail = () => {
    view.showDetail(false);
    grid.current?.focus();
  };
  const selectedRow = selected === undefined ? undefined : view.rowAt(selected.index);

  return (
    <div className={styles.root}>
      <div className={styles.bar} role="toolbar" aria-label="Event inspector">
        <FilterField
          ref={filter}
          label="Filter events"
          placeholder='type:security.** priority>=high source:analyzer* "any text"'
          help={EVENT_FILTER}
          text={text}
          parsed={parsed}
          applied={applied}
          onChange={view.setText}
          onLeave={() => grid.current?.focus()}
        />
        <EventFigures tail={tail} stats={stats} searching={searching} />
        <LiveState tail={tail} stats={stats} connected={connection === 'open'} onResume={view.togglePause} />
        <IconButton
          icon={tail.paused ? 'debug-continue' : 'debug-pause'}
          label={tail.paused ? 'Resume' : 'Pause'}
          keys="P"
          pressed={tail.paused}
          onClick={view.togglePause}
        />
        <IconButton
          icon="arrow-down"
          label="Follow the newest"
          pressed={tail.following && !tail.paused}
          onClick={() => view.setFollowing(true)}
        />
        <IconButton
          icon="clear-all"
          label="Clear all events"
          disabled={(stats?.stored ?? 0) === 0}
          onClick={() => stores.commands.run('events.clear')}
        />
      </div>
      <div ref={body} className={styles.body}>
        <DetailSplit
          label="Size of the event detail"
          side="right"
          initial={380}
          least={260}
          leastList={320}
          detail={
            selected === undefined || !detailShown ? undefined : (
              <EventDetail
                seq={selected.seq}
                row={selectedRow}
                onFollowCorrelation={followCorrelation}
                onClose={closeDetail}
              />
            )
          }
        >
          {!opened || (searching && tail.shown.end === tail.shown.first) ? (
            <Skeleton rows={5} label="Reading events" />
          ) : tail.shown.end === tail.shown.first ? (
            <NoEvents stored={stats?.stored ?? 0} filtered={applied.trim() !== ''} onClear={() => view.setText('')} />
          ) : (
            <EventTable
              view={view}
              width={width}
              gridRef={grid}
              onFocusFilter={() => filter.current?.focus()}
              onEscape={closeDetail}
            />
          )}
        </DetailSplit>
      </div>
    </div>
  );
}

interface NoEventsProps {
  readonly stored: number;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

/** After a moment, since a filter over many events finds its first rows a little later. */
const NoEvents = (props: NoEventsProps) => (
  <Delayed after={200}>
    <WhyNoEvents {...props} />
  </Delayed>
);

const WhyNoEvents = ({ stored, filtered, onClear }: NoEventsProps) =>
  filtered && stored > 0 ? (
    <EmptyState
      icon="filter"
      title="No event matches the filter"
      actions={<Button onClick={onClear}>Clear the filter</Button>}
    />
  ) : (
    <EmptyState icon="pulse" title="No events yet">
      Start a plugin or run a sample: what is published appears here as it happens.
    </EmptyState>
  );
