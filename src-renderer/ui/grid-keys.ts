/** Where the selection of a grid goes with a key; undefined for a key that does not move it. */
import type { KeyboardEvent } from 'react';

export function rowForKey(event: KeyboardEvent, at: number, count: number, page: number): number | undefined {
  if (event.altKey || event.metaKey || event.ctrlKey) return undefined;
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
      return at + 1;
    case 'ArrowUp':
    case 'k':
      return at < 0 ? count - 1 : at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
