/** Makes of what the feeds say the platform's enrichments: one of each feed, and one verdict over all. */
import type { EnrichmentResult } from 'mcp-plugin-sdk';
import type { Feed } from './feed/feed';
import type { FeedMatch } from './feed/indicator-index';
import type { Indicator } from './indicator/indicator';
import { assess, combine, confidenceWord, isExpired, type ScoreTerms, verdictOf } from './score/assess';

/** What one feed knows of an indicator. */
export interface FeedAnswer {
  readonly feed: Pick<Feed, 'name' | 'url'>;
  readonly matches: readonly FeedMatch[];
}

/** More than anybody reads; the number of all is told. */
const MOST_MATCHES = 20;

export function toThreatIntel(
  indicator: Indicator,
  { feed, matches }: FeedAnswer,
  terms: ScoreTerms,
): EnrichmentResult {
  const { score, confidence } = combine(matches.map((match) => assess(match, terms)));
  const seen = matches.map(({ entry }) => entry.lastSeen ?? entry.firstSeen).filter((time) => time !== undefined);
  return {
    source_type: indicator.type,
    source_value: indicator.value,
    enrichment_type: 'threat_intel',
    enriched_data: {
      matches: matches.slice(0, MOST_MATCHES).map((match) => describeMatch(match, terms)),
      total_matches: matches.length,
      closest_match: matches[0]!.kind,
    },
    confidence: confidenceWord(confidence),
    source_name: feed.name,
    source_url: feed.url,
    data_timestamp: seen.length === 0 ? undefined : new Date(Math.max(...seen)).toISOString(),
    enrichment_timestamp: new Date(terms.now).toISOString(),
    threat_score: score,
    ...collect(indicator, matches),
  };
}

export function toReputation(
  indicator: Indicator,
  answers: readonly FeedAnswer[],
  terms: ScoreTerms,
): EnrichmentResult {
  const matches = answers.flatMap((answer) => answer.matches);
  const { score, confidence } = combine(matches.map((match) => assess(match, terms)));
  return {
    source_type: indicator.type,
    source_value: indicator.value,
    enrichment_type: 'reputation',
    enriched_data: {
      verdict: verdictOf(score),
      sources: answers.map(({ feed }) => feed.name),
      reporters: [...new Set(matches.flatMap(({ entry }) => (entry.source === undefined ? [] : [entry.source])))],
    },
    confidence: confidenceWord(confidence),
    source_name: answers.map(({ feed }) => feed.name).join(', '),
    enrichment_timestamp: new Date(terms.now).toISOString(),
    threat_score: score,
    ...collect(indicator, matches),
  };
}

function collect(indicator: Indicator, matches: readonly FeedMatch[]) {
  const entries = matches.map(({ entry }) => entry);
  const iocs = entries.map((entry) => entry.indicator.value).filter((value) => value !== indicator.value);
  return {
    threat_categories: [...new Set(entries.flatMap(({ categories }) => categories))],
    iocs: [...new Set(iocs)].slice(0, MOST_MATCHES),
    tags: [...new Set(entries.flatMap(({ tags }) => tags))],
    references: [...new Set(entries.flatMap(({ references }) => references))],
  };
}

function describeMatch(match: FeedMatch, terms: ScoreTerms): Record<string, unknown> {
  const { entry, kind } = match;
  return {
    indicator: entry.indicator.value,
    indicator_type: entry.indicator.type,
    match: kind,
    threat_score: assess(match, terms).score,
    confidence: entry.confidence,
    description: entry.description,
    reporter: entry.source,
    first_seen: isoOf(entry.firstSeen),
    last_seen: isoOf(entry.lastSeen),
    valid_until: isoOf(entry.validUntil),
    expired: isExpired(entry, terms.now) || undefined,
  };
}

const isoOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();
