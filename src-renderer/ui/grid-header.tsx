// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only while visible cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: what can be pressed in a header is a button of its own
/** The titles of a grid's columns; those that sort are buttons. */
import type { GridColumn, GridSort } from './grid-column';
import { Icon } from './icon';
import styles from './virtual-grid.module.css';

export const HEADER_HEIGHT = 30;

interface HeaderProps<Row> {
  readonly template: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly sort: GridSort | undefined;
  readonly onSort: ((sort: GridSort) => void) | undefined;
}

export function GridHeader<Row>({ template, columns, sort, onSort }: HeaderProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={styles.header}
      style={{ gridTemplateColumns: template, height: HEADER_HEIGHT }}
    >
      {columns.map(({ id, title, sortable, align }) => {
        const sorted = sort?.column === id ? sort : undefined;
        const direction = sorted === undefined ? undefined : sorted.descending ? 'descending' : 'ascending';
        return (
          <div
            key={id}
            role="columnheader"
            aria-sort={sortable === true ? (direction ?? 'none') : undefined}
            className={styles.cell}
            data-align={align}
          >
            {sortable === true ? (
              <button
                type="button"
                className={styles.sort}
                onClick={() => onSort?.({ column: id, descending: sorted === undefined ? false : !sorted.descending })}
              >
                {title}
                {sorted !== undefined && <Icon name={sorted.descending ? 'chevron-down' : 'chevron-up'} size={12} />}
              </button>
            ) : (
              title
            )}
          </div>
        );
      })}
    </div>
  );
}
