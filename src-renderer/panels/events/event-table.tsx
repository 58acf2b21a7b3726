/** The inspector's rows: keys, the menu of a row, and what of them is on the screen. */
import type { EventRow } from '@shared/contracts';
import { type KeyboardEvent, type RefObject, useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { ContextMenu } from '../../ui/context-menu';
import { withTerm } from '../../ui/filter-terms';
import type { SelectedBy } from '../../ui/grid-column';
import { type GridHandle, VirtualGrid } from '../../ui/virtual-grid';
import { eventColumns } from './event-columns';
import styles from './events-panel.module.css';
import type { EventsView } from './events-view';

interface EventTableProps {
  readonly view: EventsView;
  /** Of the whole inspector, in pixels. */
  readonly width: number;
  readonly gridRef: RefObject<GridHandle | null>;
  readonly onFocusFilter: () => void;
  readonly onEscape: () => void;
}

export function EventTable({ view, width, gridRef, onFocusFilter, onEscape }: EventTableProps) {
  const { tail, selected } = useStore(view);
  const [menu, setMenu] = useState<{ row: EventRow; x: number; y: number }>();
  const { first, end } = tail.shown;
  const columns = useMemo(() => eventColumns(width), [width]);

  const rowAt = useCallback((index: number) => view.rowAt(first + index), [view, first]);
  const onSelect = useCallback(
    (index: number, by: SelectedBy) => {
      view.select(first + index);
      if (by === 'click') view.showDetail(true);
    },
    [view, first],
  );
  const onOpen = useCallback(() => view.showDetail(true), [view]);
  const onRange = useCallback((from: number, to: number) => view.showRange(first + from, first + to), [view, first]);
  const onMenu = useCallback(
    (index: number, at: { x: number; y: number }) => {
      const row = view.rowAt(first + index);
      if (row !== undefined) setMenu({ row, ...at });
    },
    [view, first],
  );
  const onKey = (event: KeyboardEvent) => {
    const act = { '/': onFocusFilter, p: view.togglePause, P: view.togglePause, Escape: onEscape }[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  return (
    <div className={styles.table}>
      <VirtualGrid<EventRow>
        ref={gridRef}
        label="Events"
        columns={columns}
        count={end - first}
        firstRow={first}
        rowAt={rowAt}
        rowHeight={26}
        selected={selected === undefined || selected.index < first ? undefined : selected.index - first}
        onSelect={onSelect}
        onOpen={onOpen}
        onMenu={onMenu}
        onKey={onKey}
        onRange={onRange}
        following={tail.following && !tail.paused}
        onFollow={view.setFollowing}
      />
      {menu !== undefined && (
        <ContextMenu at={menu} groups={menuOf(menu.row, view)} onClose={() => setMenu(undefined)} />
      )}
    </div>
  );
}

function menuOf({ type, source, correlationId, tags }: EventRow, view: EventsView) {
  const change = (field: string, value: string, options?: { negated?: boolean; keep?: boolean }) =>
    view.setText(withTerm(view.getState().text, field, value, options));
  const [tag] = tags;
  return [
    [
      { label: 'Only this type', icon: 'filter', run: () => change('type', type) },
      {
        label: 'Leave out this type',
        icon: 'circle-slash',
        run: () => change('type', type, { negated: true, keep: true }),
      },
    ],
    [
      { label: 'Only this source', icon: 'filter', run: () => change('source', source) },
      {
        label: 'Leave out this source',
        icon: 'circle-slash',
        run: () => change('source', source, { negated: true, keep: true }),
      },
    ],
    [
      ...(correlationId === undefined
        ? []
        : [{ label: 'Follow correlation', icon: 'link', run: () => change('correlation', correlationId) }]),
      ...(tag === undefined ? [] : [{ label: `Only tagged ${tag}`, icon: 'tag', run: () => change('tag', tag) }]),
    ],
  ];
}
