/**
 * Indicators of a STIX 2.1 bundle. Of the pattern language it reads comparisons for equality, alone or joined by OR:
 * what needs two observations at once says nothing about one of them, so a pattern with AND is left out.
 */
import { guessIndicator, type Indicator, readIndicator } from '../indicator/indicator';
import { type FeedEntry, type ParsedFeed, readTime } from './feed-entry';
import { readStixPattern } from './stix-pattern';

type Fields = Record<string, unknown>;

export function isStixBundle(value: unknown): value is { objects: unknown[] } {
  return isFields(value) && value.type === 'bundle' && Array.isArray(value.objects);
}

export function parseStix(text: string, most: number): ParsedFeed {
  const bundle: unknown = JSON.parse(text);
  if (!isStixBundle(bundle)) throw new Error('It is no STIX bundle: it has no "type": "bundle" with "objects".');
  const names = namesOf(bundle.objects);
  const entries: FeedEntry[] = [];
  let skipped = 0;
  for (const object of bundle.objects) {
    if (!isFields(object) || object.type !== 'indicator' || object.revoked === true) continue;
    const indicators = indicatorsOf(object);
    if (indicators.length === 0) skipped++;
    for (const indicator of indicators) {
      if (entries.length >= most) return { entries, skipped, isCut: true };
      entries.push(toStixEntry(object, indicator, names));
    }
  }
  return { entries, skipped, isCut: false };
}

function indicatorsOf({ pattern, pattern_type = 'stix' }: Fields): Indicator[] {
  if (typeof pattern !== 'string' || pattern_type !== 'stix') return [];
  const comparisons = readStixPattern(pattern) ?? [];
  const indicators = comparisons.map(({ path, value }) => readByPath(path, value));
  return indicators.filter((indicator): indicator is Indicator => indicator !== undefined);
}

function readByPath(path: string, value: string): Indicator | undefined {
  if (path === 'ipv4-addr:value' || path === 'ipv6-addr:value') return readIndicator('ip', value);
  if (path === 'domain-name:value') return readIndicator('domain', value);
  if (path === 'url:value') return readIndicator('url', value);
  if (path === 'email-addr:value' || path === 'email-message:from_ref.value') return readIndicator('email', value);
  if (/^file:hashes\./.test(path)) return readIndicator('hash', value);
  if (/_ref\.value$/.test(path)) return guessIndicator(value);
  return undefined;
}

function toStixEntry(object: Fields, indicator: Indicator, names: ReadonlyMap<string, string>): FeedEntry {
  const author = typeof object.created_by_ref === 'string' ? names.get(object.created_by_ref) : undefined;
  return {
    indicator,
    confidence: typeof object.confidence === 'number' ? Math.min(100, Math.max(0, object.confidence)) : undefined,
    categories: [...new Set([...textsOf(object.indicator_types), ...phasesOf(object.kill_chain_phases)])],
    tags: textsOf(object.labels),
    references: referencesOf(object.external_references),
    description: textIn(object.description) ?? textIn(object.name),
    source: author,
    firstSeen: timeIn(object.created),
    lastSeen: timeIn(object.modified) ?? timeIn(object.created),
    validFrom: timeIn(object.valid_from),
    validUntil: timeIn(object.valid_until),
  };
}

function namesOf(objects: readonly unknown[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const object of objects) {
    if (!isFields(object) || object.type !== 'identity') continue;
    if (typeof object.id === 'string' && typeof object.name === 'string') names.set(object.id, object.name);
  }
  return names;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const timeIn = (value: unknown): number | undefined => (typeof value === 'string' ? readTime(value) : undefined);

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function phasesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((phase) => (isFields(phase) && typeof phase.phase_name === 'string' ? [phase.phase_name] : []));
}

function referencesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => (isFields(each) && typeof each.url === 'string' ? [each.url] : []));
}
