/** Feeds of a line each: JSON objects, or nothing but the indicators. */
import { guessIndicator } from '../indicator/indicator';
import { type FeedEntry, type ParsedFeed, toEntry } from './feed-entry';

export const parseJsonLines = (text: string, most: number): ParsedFeed => parseEach(text, most, readJsonLine);

/** Hosts files, which say `0.0.0.0 evil.example`, are lists too. Comments begin with `#`, `;` or `//`. */
export const parseList = (text: string, most: number): ParsedFeed => parseEach(text, most, readListLine);

function parseEach(text: string, most: number, read: (line: string) => FeedEntry | undefined): ParsedFeed {
  const entries: FeedEntry[] = [];
  let skipped = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';') || line.startsWith('//')) continue;
    if (entries.length >= most) return { entries, skipped, isCut: true };
    const entry = read(line);
    if (entry === undefined) skipped++;
    else entries.push(entry);
  }
  return { entries, skipped, isCut: false };
}

function readJsonLine(line: string): FeedEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? toEntry(value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readListLine(line: string): FeedEntry | undefined {
  const [text = '', comment] = splitComment(line);
  const words = text.split(' ').filter((word) => word !== '');
  const isHostsLine = words.length > 1 && (words[0] === '0.0.0.0' || words[0] === '127.0.0.1');
  const indicator = guessIndicator((isHostsLine ? words[1] : words[0]) ?? '');
  if (indicator === undefined) return undefined;
  return { indicator, categories: [], tags: [], references: [], ...(comment ? { description: comment } : {}) };
}

/** A `#` within a URL belongs to it. */
function splitComment(line: string): string[] {
  const at = line.indexOf(' #');
  if (at === -1) return [line.split('\t').join(' ')];
  return [line.slice(0, at).split('\t').join(' '), line.slice(at + 2).trim()];
}
