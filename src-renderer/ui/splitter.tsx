/** Two panes and the line between them, dragged or moved with the arrow keys. The first pane's size is in pixels. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import styles from './splitter.module.css';

interface SplitterProps {
  readonly label: string;
  /** `columns`: side by side. */
  readonly direction: 'columns' | 'rows';
  readonly initial: number;
  /** Where somebody else keeps the size, such as from start to start; `onResize` tells them of every change. */
  readonly size?: number;
  readonly min?: number;
  /** The least that stays for the second pane. */
  readonly minRest?: number;
  readonly onResize?: (size: number) => void;
  /** Leaves the whole place to the second pane; the first keeps its state. */
  readonly firstHidden?: boolean;
  readonly children: readonly [ReactNode, ReactNode];
}

const STEP = 16;

export function Splitter({
  label,
  direction,
  initial,
  min = 120,
  minRest = 120,
  onResize,
  size: keptSize,
  firstHidden = false,
  children,
}: SplitterProps) {
  const root = useRef<HTMLDivElement>(null);
  const [ownSize, setOwnSize] = useState(initial);
  const size = keptSize ?? ownSize;
  const columns = direction === 'columns';

  const resize = (wanted: number) => {
    const box = root.current?.getBoundingClientRect();
    const whole = box === undefined ? Number.POSITIVE_INFINITY : columns ? box.width : box.height;
    const next = Math.round(Math.max(min, Math.min(wanted, whole - minRest)));
    setOwnSize(next);
    onResize?.(next);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = root.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(columns ? event.clientX - box.left : event.clientY - box.top);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(size + step);
  };

  return (
    <div ref={root} className={styles.root} data-direction={direction}>
      <div className={styles.first} style={{ flexBasis: size }} hidden={firstHidden}>
        {children[0]}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: an hr cannot be dragged */}
      <div
        role="separator"
        aria-label={label}
        aria-orientation={columns ? 'vertical' : 'horizontal'}
        aria-valuenow={size}
        aria-valuemin={min}
        tabIndex={0}
        hidden={firstHidden}
        className={styles.line}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <div className={styles.second} style={{ flexBasis: minRest }}>
        {children[1]}
      </div>
    </div>
  );
}
