// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only while visible cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points here with aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its rows
/** One row of a grid, drawn again only when something of it changes. */
import { type MouseEvent, memo } from 'react';
import type { GridColumn, SelectedBy } from './grid-column';
import styles from './virtual-grid.module.css';

interface GridRowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly height: number;
  readonly selected: boolean;
  readonly onSelect: ((index: number, by: SelectedBy, extend: boolean) => void) | undefined;
  readonly onOpen: ((index: number) => void) | undefined;
  readonly onMenu: ((index: number, at: { x: number; y: number }) => void) | undefined;
  readonly rowClass: ((row: Row) => string | undefined) | undefined;
}

function PlainGridRow<Row>(props: GridRowProps<Row>) {
  const { index, row, columns, onMenu } = props;
  const menu = (event: MouseEvent) => {
    if (onMenu === undefined) return;
    event.preventDefault();
    if (!props.selected) props.onSelect?.(index, 'menu', false);
    onMenu(index, { x: event.clientX, y: event.clientY });
  };
  const extra = row === undefined ? undefined : props.rowClass?.(row);
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      className={extra === undefined ? styles.row : `${styles.row} ${extra}`}
      style={{ gridTemplateColumns: props.template, height: props.height }}
      onClick={(event) => props.onSelect?.(index, 'click', event.shiftKey)}
      onDoubleClick={() => props.onOpen?.(index)}
      onContextMenu={menu}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={styles.cell} data-align={column.align}>
          {row === undefined ? undefined : column.render(row)}
        </div>
      ))}
    </div>
  );
}

export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;
