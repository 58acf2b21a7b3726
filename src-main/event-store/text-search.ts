/**
 * Finds a text anywhere in the JSON of events, whatever the case. A text with quotes or backslashes is found as it
 * stands in the JSON, and as it stood in the event. Many rows are searched as one string; rows beyond ASCII one by one.
 */
import type { TextColumn } from './text-column';

export interface TextSearch {
  /** @returns those of the rows, all from first to end (exclusive) and in rising order, that have the text */
  find(text: TextColumn, rows: readonly number[], first: number, end: number): number[];
}

/** Above this share of the rows it is quicker to search all of them at once. */
const DENSE = 1 / 4;

const isAscii = (text: string) => Buffer.byteLength(text) === text.length;

export function createTextSearch(wanted: string): TextSearch {
  const needles = [...new Set([wanted, JSON.stringify(wanted).slice(1, -1)])].map((needle) => needle.toLowerCase());
  const asciiNeedles = needles.filter(isAscii);

  const hasText = (text: TextColumn, row: number, isWide: boolean) => {
    const found = isWide ? text.read(row).toLowerCase() : text.readBytes(row, row + 1).toLowerCase();
    return (isWide ? needles : asciiNeedles).some((needle) => found.includes(needle));
  };

  return {
    find(text, rows, first, end) {
      const wide = new Set(text.wideBetween(first, end));
      const dense = asciiNeedles.length > 0 && rows.length > (end - first) * DENSE;
      if (!dense) return rows.filter((row) => hasText(text, row, wide.has(row)));
      const hits = new Uint8Array(end - first);
      const all = text.readBytes(first, end).toLowerCase();
      for (const needle of asciiNeedles) markHits(text, all, needle, first, hits);
      return rows.filter((row) => (wide.has(row) ? hasText(text, row, true) : hits[row - first] === 1));
    },
  };
}

function markHits(text: TextColumn, all: string, needle: string, first: number, hits: Uint8Array): void {
  const base = text.startOf(first);
  let row = first;
  for (let at = all.indexOf(needle); at >= 0; ) {
    while (text.startOf(row + 1) - base <= at) row += 1;
    const endOfRow = text.startOf(row + 1) - base;
    const within = at + needle.length <= endOfRow;
    if (within) hits[row - first] = 1;
    at = all.indexOf(needle, within ? endOfRow : at + 1);
  }
}
