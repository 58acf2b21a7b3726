/** The tree of tests: arrows go through it and fold, Enter goes to the line, Space runs. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import type { TestRow } from './model';
import { OUTCOME_WORDS, OutcomeIcon } from './outcome-icon';
import styles from './tests-panel.module.css';

interface TestTreeProps {
  readonly rows: readonly TestRow[];
  readonly selected: string | undefined;
  readonly canRun: boolean;
  readonly onSelect: (row: TestRow) => void;
  readonly onToggle: (row: TestRow) => void;
  readonly onOpen: (row: TestRow) => void;
  readonly onRun: (row: TestRow) => void;
}

export function TestTree({ rows, selected, canRun, onSelect, onToggle, onOpen, onRun }: TestTreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const at = rows.findIndex(({ key }) => key === selected);
  const current = rows[Math.max(0, at)];

  // The chosen row keeps the focus while the tree under it changes.
  useEffect(() => {
    const root = tree.current;
    if (selected === undefined || root === null || !root.contains(document.activeElement)) return;
    root.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [selected]);

  const go = (row: TestRow | undefined) => row !== undefined && onSelect(row);

  const onKeyDown = (event: KeyboardEvent) => {
    if (current === undefined || (event.target as HTMLElement).closest('button') !== null) return;
    const action = keyAction(event.key, rows, Math.max(0, at), {
      go,
      onToggle,
      onOpen,
      onRun: canRun ? onRun : () => undefined,
    });
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  return (
    <div ref={tree} role="tree" aria-label="Tests" className={styles.tree} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <Row
          key={row.key}
          row={row}
          isSelected={row.key === selected}
          isReached={row.key === current?.key}
          canRun={canRun}
          onSelect={onSelect}
          onToggle={onToggle}
          onOpen={onOpen}
          onRun={onRun}
        />
      ))}
    </div>
  );
}

interface Actions {
  readonly go: (row: TestRow | undefined) => unknown;
  readonly onToggle: (row: TestRow) => void;
  readonly onOpen: (row: TestRow) => void;
  readonly onRun: (row: TestRow) => void;
}

function keyAction(key: string, rows: readonly TestRow[], at: number, actions: Actions): (() => unknown) | undefined {
  const row = rows[at] as TestRow;
  const { go, onToggle, onOpen, onRun } = actions;
  const parent = () => rows.slice(0, at).findLast(({ level }) => level < row.level);
  switch (key) {
    case 'ArrowDown':
      return () => go(rows[at + 1]);
    case 'ArrowUp':
      return () => go(rows[at - 1]);
    case 'Home':
      return () => go(rows[0]);
    case 'End':
      return () => go(rows.at(-1));
    case 'ArrowRight':
      return () => (row.kind === 'test' ? undefined : row.isOpen ? go(rows[at + 1]) : onToggle(row));
    case 'ArrowLeft':
      return () => (row.isOpen ? onToggle(row) : go(parent()));
    case 'Enter':
      return () => onOpen(row);
    case ' ':
      return () => onRun(row);
    default:
      return undefined;
  }
}

interface RowProps extends Pick<TestTreeProps, 'canRun' | 'onSelect' | 'onToggle' | 'onOpen' | 'onRun'> {
  readonly row: TestRow;
  readonly isSelected: boolean;
  readonly isReached: boolean;
}

function Row({ row, isSelected, isReached, canRun, onSelect, onToggle, onOpen, onRun }: RowProps) {
  const { kind, label, level, outcome, durationMs, isOpen, error } = row;
  const word = OUTCOME_WORDS[outcome];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={isSelected}
      aria-expanded={kind === 'test' ? undefined : isOpen}
      aria-label={`${label}, ${word}`}
      tabIndex={isReached ? 0 : -1}
      className={styles.row}
      style={{ paddingLeft: 8 + (level - 1) * 16 }}
      onClick={() => onSelect(row)}
      onDoubleClick={() => onOpen(row)}
    >
      {kind === 'test' ? (
        <span className={styles.twistie} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same
        // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same
        <span
          className={styles.twistie}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row);
          }}
        >
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        </span>
      )}
      <OutcomeIcon outcome={outcome} />
      <span className={styles.name} data-kind={kind} title={error ?? label}>
        {label}
      </span>
      {error !== undefined && <span className={styles.problem}>{error}</span>}
      <span className={styles.end}>
        {durationMs > 0 && <span className={styles.time}>{formatTime(durationMs)}</span>}
        <IconButton
          icon="play"
          label={`Run ${label}`}
          size="sm"
          iconSize={14}
          tabIndex={-1}
          className={styles.runOne ?? ''}
          disabled={!canRun}
          onClick={(event) => {
            event.stopPropagation();
            onRun(row);
          }}
        />
      </span>
    </div>
  );
}

const formatTime = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);
