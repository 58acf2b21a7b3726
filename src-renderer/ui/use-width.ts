/**
 * The width of an element in pixels, in steps, so that dragging a border does not draw everything at each pixel. Zero
 * until it is known; what is hidden keeps the width that it had.
 */
import { type RefCallback, useCallback, useState } from 'react';

const STEP = 20;

export function useWidth<Box extends HTMLElement>(): [RefCallback<Box>, number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: Box) => {
    const measure = () => {
      if (element.clientWidth > 0) setWidth(Math.floor(element.clientWidth / STEP) * STEP);
    };
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, []);
  return [ref as RefCallback<Box>, width];
}
