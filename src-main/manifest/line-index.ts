/** Turns offsets into 1-based lines and columns in UTF-16 units. Lines end as an editor ends them: \n, \r\n or \r. */
import type { Range } from '@shared/contracts';

interface LineIndex {
  /** The end is exclusive; a range of no length is widened to one column, so that it can be seen. */
  rangeOf(start: number, end: number): Range;
  lineOf(offset: number): number;
}

export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  const lineOf = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const columnOf = (offset: number) => offset - (starts[lineOf(offset) - 1] ?? 0) + 1;
  return {
    lineOf,
    rangeOf(start, end) {
      const last = end > start ? end : start + 1;
      const [startLine, endLine] = [lineOf(start), end > start ? lineOf(last) : lineOf(start)];
      return {
        startLine,
        startColumn: columnOf(start),
        endLine,
        endColumn: end > start ? columnOf(last) : columnOf(start) + 1,
      };
    },
  };
}
