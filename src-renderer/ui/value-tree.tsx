/**
 * A JSON value to look into. Arrow keys walk and open it, Ctrl+C copies the value of the row, and its menu copies its
 * path too. What a large container holds comes in slices.
 */
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Icon } from './icon';
import { useContextMenu } from './use-context-menu';
import { copyText, kindOf, previewOf, type RestRow, restText, SLICE, type TreeRow, valueRows } from './value-rows';
import styles from './value-tree.module.css';

interface ValueTreeProps {
  readonly label: string;
  readonly value: unknown;
  /** Levels that are open at first. */
  readonly depth?: number;
}

const copy = (text: string) => navigator.clipboard.writeText(text);

export function ValueTree({ label, value, depth = 1 }: ValueTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const [menu, openMenu] = useContextMenu();
  const [limits, setLimits] = useState<ReadonlyMap<string, number>>(new Map());
  const rows = useMemo(() => valueRows(value, { depth, toggled, limits }), [value, depth, toggled, limits]);
  const focused = rows.find(({ pointer }) => pointer === current) ?? rows[0];

  const showMore = (row: RestRow) => {
    const more = new Map(limits).set(row.container, (limits.get(row.container) ?? SLICE) + SLICE);
    setLimits(more);
    // The first row that comes takes the place of the one that stood for the rest.
    setCurrent(valueRows(value, { depth, toggled, limits: more })[rows.indexOf(row)]?.pointer);
  };

  const tree = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after more rows have come
  useLayoutEffect(() => {
    if (tree.current?.contains(document.activeElement) !== true) return;
    tree.current.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [limits]);

  const toggle = (row: TreeRow) => {
    if (row.kind === 'rest') return showMore(row);
    if (!row.expandable) return;
    const next = new Set(toggled);
    if (!next.delete(row.pointer)) next.add(row.pointer);
    setToggled(next);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const index = focused === undefined ? -1 : rows.indexOf(focused);
    const step = stepFor(event, rows, index);
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.toggle === true && focused !== undefined) toggle(focused);
    if (step.copy === true && focused?.kind === 'value') void copy(copyText(focused.value));
    const next = step.to === undefined ? undefined : rows[step.to];
    if (next === undefined) return;
    setCurrent(next.pointer);
    event.currentTarget.querySelector<HTMLElement>(`[data-index="${step.to}"]`)?.focus();
  };

  return (
    <div ref={tree} role="tree" aria-label={label} tabIndex={-1} className={styles.tree} onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
        <div
          key={row.pointer}
          role="treeitem"
          data-index={index}
          aria-level={row.depth + 1}
          aria-selected={row === focused}
          {...(row.kind === 'value' && row.expandable ? { 'aria-expanded': row.open } : {})}
          tabIndex={row === focused ? 0 : -1}
          className={styles.row}
          style={{ paddingLeft: 12 + row.depth * 16 }}
          onClick={() => {
            if (row.kind === 'value') setCurrent(row.pointer);
            toggle(row);
          }}
          onContextMenu={(event) => {
            if (row.kind === 'rest') return;
            setCurrent(row.pointer);
            openMenu(event, [
              [
                { label: 'Copy value', icon: 'copy', run: () => void copy(copyText(row.value)) },
                { label: 'Copy path', run: () => void copy(row.pointer) },
              ],
            ]);
          }}
        >
          {row.kind === 'rest' ? (
            <>
              <span className={styles.twist} />
              <span className={styles.rest}>{restText(row)}</span>
            </>
          ) : (
            <>
              <span className={styles.twist}>
                {row.expandable && <Icon name={row.open ? 'chevron-down' : 'chevron-right'} />}
              </span>
              {row.name !== '' && <span className={styles.name}>{row.name}</span>}
              <span className={styles.value} data-kind={kindOf(row.value)} title={previewOf(row.value)}>
                {previewOf(row.value)}
              </span>
            </>
          )}
        </div>
      ))}
      {menu}
    </div>
  );
}

interface Step {
  readonly to?: number;
  readonly toggle?: boolean;
  readonly copy?: boolean;
}

function stepFor(event: KeyboardEvent, rows: readonly TreeRow[], index: number): Step | undefined {
  const row = rows[index];
  if (event.key === 'ArrowDown') return { to: Math.min(index + 1, rows.length - 1) };
  if (event.key === 'ArrowUp') return { to: Math.max(index - 1, 0) };
  if (event.key === 'Home') return { to: 0 };
  if (event.key === 'End') return { to: rows.length - 1 };
  if (row === undefined) return undefined;
  if (event.key === 'Enter' || event.key === ' ') return { toggle: true };
  if (row.kind === 'rest') return event.key === 'ArrowLeft' ? { to: parentIndex(rows, index) } : undefined;
  if (event.key === 'ArrowRight') return row.open ? { to: index + 1 } : { toggle: row.expandable };
  if (event.key === 'ArrowLeft') return row.open ? { toggle: true } : { to: parentIndex(rows, index) };
  if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey)) return { copy: true };
  return undefined;
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) if ((rows[above]?.depth ?? 0) < depth) return above;
  return index;
}
