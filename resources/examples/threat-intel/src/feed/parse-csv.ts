/** Feeds as CSV: a line of names first, quoted fields, comments after `#`. */
import { type FeedEntry, type ParsedFeed, toEntry } from './feed-entry';

export function parseCsv(text: string, most: number): ParsedFeed {
  const entries: FeedEntry[] = [];
  let names: string[] | undefined;
  let skipped = 0;
  for (const row of readRows(text)) {
    if (names === undefined) {
      names = row.map((name) => name.trim().toLowerCase());
      continue;
    }
    if (entries.length >= most) return { entries, skipped, isCut: true };
    const entry = toEntry(Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
    if (entry === undefined) skipped++;
    else entries.push(entry);
  }
  return { entries, skipped, isCut: false };
}

/** Rows that hold anything, without comments. */
export function* readRows(text: string): Generator<string[]> {
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (row.length === 0 && text[at] === '#') {
      at = endOfLine(text, at) + 1;
      continue;
    }
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    row.push(field.value);
    at = field.end;
    if (text[at] === ',') {
      at++;
      continue;
    }
    if (row.some((value) => value.trim() !== '')) yield row;
    row = [];
    at = endOfLine(text, at) + 1;
  }
  if (row.some((value) => value.trim() !== '')) yield row;
}

interface Field {
  readonly value: string;
  /** Where the separator after it is. */
  readonly end: number;
}

function plainField(text: string, start: number): Field {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++;
  return { value: text.slice(start, end).trim(), end };
}

function quotedField(text: string, start: number): Field {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { value: value + text.slice(from), end: text.length };
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const end = plainField(text, quote + 1).end;
      return { value, end };
    }
    value += '"';
    from = quote + 2;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
