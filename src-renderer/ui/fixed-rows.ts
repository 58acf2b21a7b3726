/**
 * Which of many rows of one height are on the screen. Nothing is measured and nothing is kept for each row, so a
 * million rows, or a count that grows ten times a second, cost what a screenful costs.
 */
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

export interface RowWindow {
  /** First row to draw, and the one after the last: somewhat more than what is visible. */
  readonly start: number;
  readonly end: number;
  /** First and last visible row. */
  readonly first: number;
  readonly last: number;
}

const OVERSCAN = 12;

/** Pure: the rows of a scroller whose `height` excludes what sticks to its top. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const clamp = (row: number) => Math.max(0, Math.min(count, row));
  const first = clamp(Math.floor(scrollTop / rowHeight));
  const end = clamp(Math.ceil((scrollTop + height) / rowHeight));
  return { start: clamp(first - OVERSCAN), end: clamp(end + OVERSCAN), first, last: Math.max(first, end - 1) };
}

interface View {
  readonly scrollTop: number;
  readonly height: number;
}

/** @param inset height in pixels of what sticks to the top of the scroller. */
export function useFixedRows(scroller: RefObject<HTMLElement | null>, rowHeight: number, count: number, inset: number) {
  const [view, setView] = useState<View>({ scrollTop: 0, height: 0 });

  const read = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const next = { scrollTop: element.scrollTop, height: Math.max(0, element.clientHeight - inset) };
    setView((old) => (old.scrollTop === next.scrollTop && old.height === next.height ? old : next));
  }, [scroller, inset]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    read();
    // Drawn before the browser paints the new position: no blank rows.
    const onScroll = () => flushSync(read);
    element.addEventListener('scroll', onScroll, { passive: true });
    const resizes = new ResizeObserver(read);
    resizes.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resizes.disconnect();
    };
  }, [scroller, read]);

  return { ...rowWindow(view.scrollTop, view.height, rowHeight, count), height: view.height };
}
