/** Reads a feed in whichever format it is. */
import type { ParsedFeed } from './feed-entry';
import { parseCsv, readRows } from './parse-csv';
import { parseJsonLines, parseList } from './parse-lines';
import { isStixBundle, parseStix } from './parse-stix';

export type FeedFormat = 'csv' | 'jsonl' | 'list' | 'stix';

const PARSERS: Readonly<Record<FeedFormat, (text: string, most: number) => ParsedFeed>> = {
  csv: parseCsv,
  jsonl: parseJsonLines,
  list: parseList,
  stix: parseStix,
};

/** @throws Error where the text is not of that format at all. */
export function parseFeed(
  text: string,
  format: 'auto' | FeedFormat,
  most: number,
): ParsedFeed & { format: FeedFormat } {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const chosen = format === 'auto' ? recogniseFormat(plain) : format;
  return { format: chosen, ...PARSERS[chosen](plain, most) };
}

const HEADERS = ['indicator', 'value', 'ioc', 'ioc_value', 'ip', 'domain', 'url', 'hash', 'sha256', 'email'];

function recogniseFormat(text: string): FeedFormat {
  const start = text.trimStart();
  if (start.startsWith('{')) return isBundleText(start) ? 'stix' : 'jsonl';
  const [first = []] = readRows(text);
  return first.some((name) => HEADERS.includes(name.trim().toLowerCase())) ? 'csv' : 'list';
}

function isBundleText(text: string): boolean {
  // Of JSON lines only the first is an object by itself.
  const line = text.split('\n', 1)[0]!;
  try {
    return isStixBundle(JSON.parse(line));
  } catch {
    return (
      /"type"\s{0,20}:\s{0,20}"bundle"/.test(text.slice(0, 100_000)) ||
      /"objects"\s{0,20}:/.test(text.slice(0, 100_000))
    );
  }
}
