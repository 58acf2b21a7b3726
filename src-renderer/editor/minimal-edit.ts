/**
 * The smallest single replacement that turns one text into another. Applied as an edit it keeps cursor, scroll
 * position and undo history, which setting the whole text would throw away.
 */
export interface OffsetEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export function minimalEdit(before: string, after: string): OffsetEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) };
}

/** @param edits do not overlap; their offsets are all in the text as it is now. */
export function applyEdits(text: string, edits: readonly OffsetEdit[]): string {
  const ordered = [...edits].sort((a, b) => b.offset - a.offset);
  return ordered.reduce(
    (left, { offset, length, text: put }) => left.slice(0, offset) + put + left.slice(offset + length),
    text,
  );
}
