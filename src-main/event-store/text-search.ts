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
/** As much as stays in the processor's cache between being copied and being searched. */
const BLOCK_BYTES = 64 * 1024;

const isAscii = (text: string) => Buffer.byteLength(text) === text.length;

export function createTextSearch(wanted: string): TextSearch {
  const needles = [...new Set([wanted, JSON.stringify(wanted).slice(1, -1)])].map((needle) => needle.toLowerCase());
  const ascii = needles.filter(isAscii);
  // Ignoring case, the engine's own search is several times quicker than lowering the case of everything first.
  const pattern = ascii.length === 0 ? undefined : new RegExp(ascii.map(escaped).join('|'), 'gi');

  const isIn = (text: TextColumn, row: number, isWide: boolean) => {
    if (!isWide) return pattern !== undefined && text.readBytes(row, row + 1).search(pattern) >= 0;
    const all = text.read(row).toLowerCase();
    return needles.some((needle) => all.includes(needle));
  };

  return {
    find(text, rows, first, end) {
      const wide = new Set(text.wideBetween(first, end));
      if (pattern === undefined) return rows.filter((row) => wide.has(row) && isIn(text, row, true));
      if (rows.length < (end - first) * DENSE) return rows.filter((row) => isIn(text, row, wide.has(row)));
      const hits = new Uint8Array(end - first);
      const mark = (row: number) => {
        hits[row - first] = 1;
      };
      for (let from = first; from < end; ) from = markHits(text, pattern, from, end, mark);
      return rows.filter((row) => (wide.has(row) ? isIn(text, row, true) : hits[row - first] === 1));
    },
  };
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Searches the rows from first to end that fit into a block, at least one. @returns the row after them */
function markHits(text: TextColumn, pattern: RegExp, first: number, end: number, mark: (row: number) => void): number {
  const base = text.startOf(first);
  let next = first + 1;
  while (next < end && text.startOf(next + 1) - base <= BLOCK_BYTES) next += 1;
  const all = text.readBytes(first, next);
  let row = first;
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(all); hit !== null; hit = pattern.exec(all)) {
    while (text.startOf(row + 1) - base <= hit.index) row += 1;
    const endOfRow = text.startOf(row + 1) - base;
    const isWithin = hit.index + hit[0].length <= endOfRow;
    if (isWithin) mark(row);
    pattern.lastIndex = isWithin ? endOfRow : hit.index + 1;
  }
  return next;
}
