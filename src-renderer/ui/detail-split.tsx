/**
 * A list and, while something of it is chosen, its detail beside or below it. The list stays where it is when the
 * detail comes and goes; the size in pixels is the detail's.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import styles from './detail-split.module.css';

interface DetailSplitProps {
  /** What the detail is of, for the line between. */
  readonly label: string;
  readonly side: 'right' | 'bottom';
  readonly initial: number;
  readonly least?: number;
  /** The least that stays for the list. */
  readonly leastList?: number;
  readonly detail: ReactNode | undefined;
  readonly children: ReactNode;
}

const STEP = 16;

export function DetailSplit(props: DetailSplitProps) {
  const { label, side, initial, least = 120, leastList = 160, detail, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(initial);
  const isRight = side === 'right';

  const resize = (wanted: number) => {
    const box = root.current?.getBoundingClientRect();
    if (box === undefined) return;
    const whole = isRight ? box.width : box.height;
    setSize(Math.round(Math.max(least, Math.min(wanted, whole - leastList))));
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = root.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(isRight ? box.right - event.clientX : box.bottom - event.clientY);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowUp: STEP, ArrowRight: -STEP, ArrowDown: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(size + step);
  };

  return (
    <div ref={root} className={styles.root} data-side={side}>
      <div className={styles.list}>{children}</div>
      {detail !== undefined && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: an hr cannot be dragged */}
          <div
            role="separator"
            aria-label={label}
            aria-orientation={isRight ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={least}
            tabIndex={0}
            className={styles.line}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <div className={styles.detail} style={{ flexBasis: size }}>
            {detail}
          </div>
        </>
      )}
    </div>
  );
}
