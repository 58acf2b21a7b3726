/**
 * How bad is what a feed says, from 0 to 10. It counts less the older it is, the less the feed trusts it, and the
 * further it is from what was asked for.
 */
import type { FeedMatch } from '../feed/indicator-index';
import type { MatchKind } from '../indicator/related-indicators';

export interface ScoreTerms {
  readonly halfLifeMs: number;
  /** From 0 to 100. */
  readonly defaultConfidence: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Assessment {
  /** From 0 to 10. */
  readonly score: number;
  /** From 0 to 100; undefined where no feed says any. */
  readonly confidence: number | undefined;
}

const CLOSENESS: Readonly<Record<MatchKind, number>> = {
  exact: 1,
  range: 0.85,
  host: 0.8,
  parent_domain: 0.7,
  mail_domain: 0.7,
};

/** However old, what is still in a feed is worth this much. */
const LEAST_FRESHNESS = 0.2;
/** What has expired and was asked for all the same. */
const EXPIRED = 0.3;

export function assess({ entry, kind }: FeedMatch, { halfLifeMs, defaultConfidence, now }: ScoreTerms): Assessment {
  const confidence = entry.confidence ?? defaultConfidence;
  const seen = entry.lastSeen ?? entry.firstSeen ?? entry.validFrom;
  const freshness = seen === undefined ? 1 : Math.max(LEAST_FRESHNESS, 0.5 ** (Math.max(0, now - seen) / halfLifeMs));
  const validity = isExpired(entry, now) ? EXPIRED : 1;
  const trust = 0.4 + (0.6 * confidence) / 100;
  const stated = entry.score ?? 10;
  return { score: round(stated * trust * freshness * validity * CLOSENESS[kind]), confidence: entry.confidence };
}

/** Several say more than the worst of them alone, but never more than 10. */
export function combine(assessments: readonly Assessment[]): Assessment {
  const harmless = assessments.reduce((product, { score }) => product * (1 - score / 10), 1);
  const stated = assessments.map(({ confidence }) => confidence).filter((each) => each !== undefined);
  return { score: round(10 * (1 - harmless)), confidence: stated.length === 0 ? undefined : Math.max(...stated) };
}

export function isExpired({ validUntil }: FeedMatch['entry'], now: number): boolean {
  return validUntil !== undefined && validUntil <= now;
}

/** The contract's words. */
export function confidenceWord(confidence: number | undefined): 'high' | 'medium' | 'low' | 'unknown' {
  if (confidence === undefined) return 'unknown';
  if (confidence >= 75) return 'high';
  return confidence >= 40 ? 'medium' : 'low';
}

export type Verdict = 'malicious' | 'suspicious' | 'noticed' | 'unknown';

export function verdictOf(score: number): Verdict {
  if (score >= 7) return 'malicious';
  if (score >= 4) return 'suspicious';
  return score > 0 ? 'noticed' : 'unknown';
}

const round = (value: number): number => Math.round(value * 10) / 10;
