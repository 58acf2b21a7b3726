/** The width of an element in pixels, in steps, so that dragging a border does not draw everything at each pixel. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

const STEP = 20;

export function useWidth<Box extends HTMLElement>(): [RefObject<Box | null>, number] {
  const ref = useRef<Box>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => setWidth(Math.floor(element.clientWidth / STEP) * STEP);
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, []);
  return [ref, width];
}
