/** The rows of a log: keys, the menu of a row, and what of it is on the screen. */
import { type KeyboardEvent, type Ref, useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { ContextMenu, type ContextMenuGroups } from './context-menu';
import { withTerm } from './filter-terms';
import type { SelectedBy } from './grid-column';
import { logColumns } from './log-columns';
import { withLevel } from './log-filter';
import { type LogMessage, logJson, logText } from './log-lines';
import { type LogView, selectedRange } from './log-view';
import { type GridHandle, VirtualGrid } from './virtual-grid';

interface LogTableProps {
  readonly label: string;
  readonly view: LogView;
  /** Of the whole list, in pixels. */
  readonly width: number;
  readonly gridRef: Ref<GridHandle>;
  readonly onFocusFilter: () => void;
  readonly onEscape: () => void;
  readonly onError: (error: unknown) => void;
}

const ROW_HEIGHT = 24;

export function LogTable({ label, view, width, gridRef, onFocusFilter, onEscape, onError }: LogTableProps) {
  const state = useStore(view);
  const { shown, firstShown, following } = state;
  const [menu, setMenu] = useState<{ entry: LogMessage; x: number; y: number }>();
  const columns = useMemo(() => logColumns(view.scope, width), [view.scope, width]);
  const range = selectedRange(state);

  const onSelect = useCallback(
    (index: number, by: SelectedBy, extend: boolean) => {
      view.select(shown[index]?.key, extend);
      if (by === 'click' && !extend) view.showDetail(true);
    },
    [view, shown],
  );
  const onOpen = useCallback(() => view.showDetail(true), [view]);
  const onMenu = useCallback(
    (index: number, at: { x: number; y: number }) => {
      const entry = shown[index];
      if (entry !== undefined) setMenu({ entry, ...at });
    },
    [shown],
  );
  const copy = (write: (messages: readonly LogMessage[]) => string) => {
    navigator.clipboard.writeText(write(view.toCopy())).catch(onError);
  };
  const onKey = (event: KeyboardEvent) => {
    const withControl = event.ctrlKey || event.metaKey;
    const act = withControl
      ? { c: () => copy(logText), a: view.selectAll }[event.key.toLowerCase()]
      : {
          '/': onFocusFilter,
          f: () => view.setFollowing(!view.getState().following),
          Escape: onEscape,
        }[event.key];
    if (act === undefined || event.altKey) return;
    event.preventDefault();
    act();
  };

  return (
    <>
      <VirtualGrid<LogMessage>
        ref={gridRef}
        label={label}
        columns={columns}
        count={shown.length}
        firstRow={firstShown}
        rowAt={(index) => shown[index]}
        rowHeight={ROW_HEIGHT}
        selected={range?.at}
        selectedFrom={range?.from}
        onSelect={onSelect}
        onOpen={onOpen}
        onMenu={onMenu}
        onKey={onKey}
        following={following}
        onFollow={view.setFollowing}
      />
      {menu !== undefined && (
        <ContextMenu at={menu} groups={menuOf(menu.entry, view, copy)} onClose={() => setMenu(undefined)} />
      )}
    </>
  );
}

function menuOf(
  { level, plugin, run }: LogMessage,
  view: LogView,
  copy: (write: (messages: readonly LogMessage[]) => string) => void,
): ContextMenuGroups {
  const { text } = view.getState();
  return [
    [
      { label: 'Copy', icon: 'copy', keys: 'Ctrl+C', run: () => copy(logText) },
      { label: 'Copy as JSON lines', icon: 'json', run: () => copy(logJson) },
    ],
    [{ label: `Only ${level} and worse`, icon: 'filter', run: () => view.setText(withLevel(text, level)) }],
    plugin === undefined
      ? []
      : [
          { label: 'Only this plugin', icon: 'filter', run: () => view.setText(withTerm(text, 'plugin', plugin)) },
          {
            label: 'Leave out this plugin',
            icon: 'circle-slash',
            run: () => view.setText(withTerm(text, 'plugin', plugin, { negated: true, keep: true })),
          },
        ],
    run === undefined
      ? []
      : [{ label: 'Only this run', icon: 'filter', run: () => view.setText(withTerm(text, 'run', run.id)) }],
  ];
}
