// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only while visible cannot be a table
/**
 * A table of any length: rows of one height, of which only those on the screen exist. It is one stop of the Tab key;
 * inside, the arrows move the selection. With `following` it stays at its end while rows join there; and when rows
 * leave at the beginning, what is on the screen stays where it is.
 */
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useFixedRows } from './fixed-rows';
import type { GridColumn, GridSort, SelectedBy } from './grid-column';
import { GridHeader, HEADER_HEIGHT } from './grid-header';
import { rowForKey } from './grid-keys';
import { GridRow } from './grid-row';
import styles from './virtual-grid.module.css';

export interface GridHandle {
  focus(): void;
  scrollToRow(index: number): void;
}

interface VirtualGridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly count: number;
  /** Undefined where the row is not here yet: it is drawn empty. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Number of the first row; counts up as rows leave at the beginning. */
  readonly firstRow?: number;
  readonly rowHeight?: number;
  readonly selected?: number | undefined;
  /** The other end of what is selected, where that is more than one row. */
  readonly selectedFrom?: number | undefined;
  /** `extend`: with Shift, from where the selection was. */
  readonly onSelect?: (index: number, by: SelectedBy, extend: boolean) => void;
  readonly onOpen?: (index: number) => void;
  readonly onMenu?: (index: number, at: { x: number; y: number }) => void;
  /** Keys that the grid itself does not take. */
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  readonly onRange?: (first: number, last: number) => void;
  readonly following?: boolean;
  readonly onFollow?: (following: boolean) => void;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly ref?: Ref<GridHandle>;
}

export function VirtualGrid<Row>(props: VirtualGridProps<Row>) {
  const { columns, count, rowHeight = 28, selected, following = false, firstRow = 0, onRange, onFollow } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useFixedRows(scroller, rowHeight, count, HEADER_HEIGHT);
  const template = columns.map(({ width }) => width).join(' ');

  const scrollToRow = (index: number) => {
    const element = scroller.current;
    if (element === null) return;
    const top = index * rowHeight;
    const height = element.clientHeight - HEADER_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height;
  };
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus(), scrollToRow }));

  const lastFirstRow = useRef(firstRow);
  useLayoutEffect(() => {
    const element = scroller.current;
    const left = firstRow - lastFirstRow.current;
    lastFirstRow.current = firstRow;
    if (element === null || following || left <= 0) return;
    element.scrollTop = Math.max(0, element.scrollTop - left * rowHeight);
  }, [firstRow, following, rowHeight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of count or size is what moves the end
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && following) element.scrollTop = element.scrollHeight;
  }, [following, count, firstRow, rows.height]);

  useEffect(() => {
    if (rows.height > 0) onRange?.(rows.first, rows.last);
  }, [rows.first, rows.last, rows.height, onRange]);

  const noteEnd = () => {
    const element = scroller.current;
    if (element === null || onFollow === undefined) return;
    onFollow(element.scrollHeight - element.scrollTop - element.clientHeight < 2);
  };

  const { selectedFrom = selected } = props;
  const isSelected = (index: number) =>
    selected !== undefined &&
    selectedFrom !== undefined &&
    index >= Math.min(selected, selectedFrom) &&
    index <= Math.max(selected, selectedFrom);

  const move = (to: number, extend: boolean) => {
    if (count === 0) return;
    const next = Math.max(0, Math.min(count - 1, to));
    scrollToRow(next);
    props.onSelect?.(next, 'key', extend);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const to = rowForKey(event, selected ?? -1, count, Math.max(1, Math.floor(rows.height / rowHeight) - 1));
    if (to !== undefined) {
      event.preventDefault();
      move(to, event.shiftKey);
    } else if (event.key === 'Enter' && selected !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      props.onOpen?.(selected);
    } else props.onKey?.(event);
  };

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-multiselectable={'selectedFrom' in props ? true : undefined}
      aria-activedescendant={selected === undefined ? undefined : `${id}-${selected}`}
      tabIndex={0}
      className={styles.scroller}
      onKeyDown={onKeyDown}
      onScroll={noteEnd}
    >
      <GridHeader template={template} columns={columns} sort={props.sort} onSort={props.onSort} />
      <div className={styles.body} style={{ height: count * rowHeight }} role="rowgroup">
        <div className={styles.window} style={{ transform: `translateY(${rows.start * rowHeight}px)` }}>
          {Array.from({ length: rows.end - rows.start }, (_, place) => {
            const index = rows.start + place;
            return (
              <GridRow<Row>
                key={firstRow + index}
                id={`${id}-${index}`}
                index={index}
                row={props.rowAt(index)}
                columns={columns}
                template={template}
                height={rowHeight}
                selected={isSelected(index)}
                onSelect={props.onSelect}
                onOpen={props.onOpen}
                onMenu={props.onMenu}
                rowClass={props.rowClass}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
