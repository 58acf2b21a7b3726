/** Asks all feeds about an indicator. A feed that cannot be read costs its own answer only. */
import { type AnswerCache, createAnswerCache } from './answer-cache';
import type { Feed } from './feed/feed';
import type { FeedMatch } from './feed/indicator-index';
import type { Indicator } from './indicator/indicator';
import type { Settings } from './settings';
import type { FeedAnswer } from './to-enrichment';

export interface LookupOutcome {
  /** Of the feeds that know something. */
  readonly answers: readonly FeedAnswer[];
  /** Feeds that were asked and could say whether they know something. */
  readonly asked: number;
  readonly failed: number;
  readonly cacheHits: number;
  readonly warnings: readonly string[];
}

export interface Lookup {
  find(indicator: Indicator): Promise<LookupOutcome>;
}

export function createLookup(
  feeds: readonly Feed[],
  { cacheSize, cacheTtlMs }: Pick<Settings, 'cacheSize' | 'cacheTtlMs'>,
): Lookup {
  const cache: AnswerCache<readonly FeedMatch[]> = createAnswerCache(cacheSize, cacheTtlMs);

  const ask = async (feed: Feed, indicator: Indicator) => {
    const { index, generation, warnings } = await feed.read();
    const key = `${feed.name} ${generation} ${indicator.type} ${indicator.value}`;
    const known = cache.get(key);
    const matches = known ?? index.find(indicator);
    if (known === undefined) cache.set(key, matches);
    return { feed, matches, warnings, isFromCache: known !== undefined };
  };

  return {
    async find(indicator) {
      const settled = await Promise.allSettled(feeds.map((feed) => ask(feed, indicator)));
      const answered = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      const failures = settled.flatMap((each) => (each.status === 'rejected' ? [messageOf(each.reason)] : []));
      return {
        answers: answered.filter(({ matches }) => matches.length > 0),
        asked: answered.length,
        failed: failures.length,
        cacheHits: answered.filter(({ isFromCache }) => isFromCache).length,
        warnings: [...failures, ...answered.flatMap(({ warnings }) => warnings)],
      };
    },
  };
}

const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
