/** What a feed says of an indicator, whatever the feed's format. */
import { guessIndicator, type Indicator, isIndicatorType, readIndicator } from '../indicator/indicator';

export interface FeedEntry {
  readonly indicator: Indicator;
  /** From 0 to 100; undefined where the feed does not say. */
  readonly confidence?: number;
  /** From 0 to 10; undefined where the feed does not say. */
  readonly score?: number;
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly description?: string;
  /** Who told the feed. */
  readonly source?: string;
  /** Milliseconds since 1970. */
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  readonly validFrom?: number;
  readonly validUntil?: number;
}

/** What a parser makes of a feed. */
export interface ParsedFeed {
  readonly entries: readonly FeedEntry[];
  /** Lines or objects that say nothing that can be understood. */
  readonly skipped: number;
  /** Whether there was more than may be read. */
  readonly isCut: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** An entry from named fields, as CSV and JSON feeds have them; names differ from feed to feed. */
export function toEntry(fields: Fields): FeedEntry | undefined {
  const value = textOf(
    fields,
    'indicator',
    'value',
    'ioc',
    'ioc_value',
    'ip',
    'domain',
    'url',
    'hash',
    'sha256',
    'email',
  );
  const indicator =
    value === undefined ? undefined : readTyped(textOf(fields, 'type', 'indicator_type', 'ioc_type'), value);
  if (indicator === undefined) return undefined;
  return {
    indicator,
    confidence: numberOf(fields, 100, 'confidence', 'confidence_level'),
    score: numberOf(fields, 10, 'threat_score', 'score', 'risk'),
    categories: listOf(fields, 'categories', 'category', 'threat_type'),
    tags: listOf(fields, 'tags', 'labels'),
    references: listOf(fields, 'references', 'reference', 'link').filter((link) => /^https?:\/\//.test(link)),
    description: textOf(fields, 'description', 'comment', 'name'),
    source: textOf(fields, 'source', 'reporter', 'provider'),
    firstSeen: timeOf(fields, 'first_seen', 'created'),
    lastSeen: timeOf(fields, 'last_seen', 'updated', 'modified'),
    validFrom: timeOf(fields, 'valid_from'),
    validUntil: timeOf(fields, 'valid_until', 'expires'),
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  ipv4: 'ip',
  ipv6: 'ip',
  'ipv4-addr': 'ip',
  'ipv6-addr': 'ip',
  cidr: 'ip',
  'domain-name': 'domain',
  hostname: 'domain',
  fqdn: 'domain',
  md5: 'hash',
  sha1: 'hash',
  sha256: 'hash',
  sha512: 'hash',
  file: 'hash',
  uri: 'url',
  'email-addr': 'email',
};

function readTyped(type: string | undefined, value: string): Indicator | undefined {
  const said = type?.toLowerCase() ?? '';
  const name = Object.hasOwn(TYPE_NAMES, said) ? TYPE_NAMES[said]! : said;
  return isIndicatorType(name) ? readIndicator(name, value) : guessIndicator(value);
}

function textOf(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** Some feeds say it in words; parts of the most. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ['high', 0.85],
  ['medium', 0.55],
  ['low', 0.25],
]);

function numberOf(fields: Fields, most: number, ...names: string[]): number | undefined {
  const text = textOf(fields, ...names);
  if (text === undefined) return undefined;
  const part = WORDS.get(text.toLowerCase());
  const value = part === undefined ? Number(text) : part * most;
  return Number.isNaN(value) ? undefined : Math.min(most, Math.max(0, value));
}

function listOf(fields: Fields, ...names: string[]): string[] {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? splitList(value) : [];
    const words = parts.map((part) => part.trim()).filter((part) => part !== '');
    if (words.length > 0) return [...new Set(words)];
  }
  return [];
}

const splitList = (text: string): string[] => text.split(text.includes('|') ? '|' : text.includes(';') ? ';' : ',');

function timeOf(fields: Fields, ...names: string[]): number | undefined {
  const text = textOf(fields, ...names);
  return text === undefined ? undefined : readTime(text);
}

/** A time as feeds write it: ISO 8601, or with a blank between date and time, in UTC. */
export function readTime(text: string): number | undefined {
  const isBare = /^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(text);
  const time = Date.parse(isBare ? `${text.slice(0, 10)}T${text.slice(11)}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
