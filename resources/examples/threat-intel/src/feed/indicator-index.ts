/** The entries of a feed by indicator, and its ranges of addresses by prefix: a look-up never walks the feed. */

import type { Indicator } from '../indicator/indicator';
import { parseAddress, parseRange } from '../indicator/ip-address';
import { type MatchKind, relatedIndicators } from '../indicator/related-indicators';
import type { FeedEntry } from './feed-entry';

export interface FeedMatch {
  readonly entry: FeedEntry;
  readonly kind: MatchKind;
}

export interface IndicatorIndex {
  readonly size: number;
  /** The closest first. */
  find(indicator: Indicator): FeedMatch[];
}

export function createIndicatorIndex(entries: readonly FeedEntry[]): IndicatorIndex {
  const exact = new Map<string, FeedEntry[]>();
  const ranges = new Map<string, FeedEntry[]>();
  const lengths = new Set<number>();
  for (const entry of entries) {
    const { type, value } = entry.indicator;
    const prefix = type === 'ip' && value.includes('/') ? parseRange(value) : undefined;
    if (prefix === undefined) add(exact, keyOf(entry.indicator), entry);
    else {
      add(ranges, rangeKey(value, prefix), entry);
      lengths.add(prefix.length);
    }
  }
  const longestFirst = [...lengths].sort((one, other) => other - one);

  const inRanges = ({ type, value }: Indicator, kind: MatchKind): FeedMatch[] => {
    const bits = type === 'ip' && ranges.size > 0 ? (parseRange(value) ?? '') : '';
    if (bits === '') return [];
    return longestFirst
      .filter((length) => length <= bits.length)
      .flatMap((length) => ranges.get(rangeKey(value, bits.slice(0, length))) ?? [])
      .map((entry) => ({ entry, kind }));
  };

  return {
    size: entries.length,
    find: (indicator) =>
      relatedIndicators(indicator).flatMap(({ indicator: related, kind }) => [
        ...(exact.get(keyOf(related)) ?? []).map((entry) => ({ entry, kind })),
        ...inRanges(related, kind === 'exact' ? 'range' : kind),
      ]),
  };
}

const keyOf = ({ type, value }: Indicator): string => `${type} ${value}`;

/** IPv4 and IPv6 have prefixes of the same length that mean different things. */
function rangeKey(value: string, prefix: string): string {
  const width = parseAddress(value.split('/')[0]!)?.length ?? 0;
  return `${width} ${prefix}`;
}

function add(map: Map<string, FeedEntry[]>, key: string, entry: FeedEntry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
