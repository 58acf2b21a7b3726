/**
 * Tells what threat feeds know of an indicator: one in the plugin's folder, one that is fetched. What cannot be asked
 * is a warning, and the answer partial; an indicator that no feed knows is a success without enrichments.
 */
import {
  EnricherPlugin,
  type EnrichmentRequest,
  type EnrichmentResponse,
  type EnrichmentResult,
  type EnrichmentType,
} from 'mcp-plugin-sdk';
import { createFileFeed } from './feed/file-feed';
import { createHttpFeed } from './feed/http-feed';
import { INDICATOR_TYPES, type Indicator, isIndicatorType, readIndicator } from './indicator/indicator';
import { createLookup, type Lookup, type LookupOutcome } from './lookup';
import { isExpired, type ScoreTerms, verdictOf } from './score/assess';
import { readSettings, type Settings, type ThreatIntelConfig } from './settings';
import { type FeedAnswer, toReputation, toThreatIntel } from './to-enrichment';

const ENRICHMENT_TYPES: EnrichmentType[] = ['threat_intel', 'reputation'];
const DAY = 24 * 60 * 60_000;

export class ThreatIntel extends EnricherPlugin<ThreatIntelConfig> {
  #settings: Settings = readSettings({});
  #lookup: Lookup = createLookup([], this.#settings);

  override async initialize(): Promise<void> {
    this.#applySettings();
  }

  /** Called after `config` has the new values; the next request uses them. */
  override async onConfigChanged(): Promise<void> {
    this.#applySettings();
  }

  override getSupportedDataTypes(): string[] {
    return [...INDICATOR_TYPES];
  }

  override getEnrichmentTypes(): EnrichmentType[] {
    return [...ENRICHMENT_TYPES];
  }

  /** Also whether the value is an indicator of that type. */
  override validateRequest(request: EnrichmentRequest): boolean {
    return super.validateRequest(request) && this.#read(request) !== undefined;
  }

  override async enrich(request: EnrichmentRequest): Promise<EnrichmentResponse> {
    const startedAt = Date.now();
    const indicator = this.#read(request);
    if (indicator === undefined) {
      const known = INDICATOR_TYPES.join(', ');
      const error_message = isIndicatorType(request.data_type)
        ? `"${request.data_value}" is no ${request.data_type}.`
        : `The data type "${request.data_type}" is not supported. Supported: ${known}.`;
      return this.#answer(request, startedAt, { status: 'error', error_message });
    }
    const outcome = await this.#lookup.find(indicator);
    const terms: ScoreTerms = { ...this.#settings, now: Date.now() };
    const answers = choose(outcome.answers, request, terms.now);
    const enrichments = this.#enrichments(indicator, answers, request, terms);
    const score = answers.length === 0 ? 0 : (toReputation(indicator, answers, terms).threat_score ?? 0);
    if (score > 0 && score >= this.#settings.publishThreatsFrom) await this.#publish(indicator, answers, score);
    return this.#answer(request, startedAt, {
      ...statusOf(outcome),
      enrichments,
      summary: {
        indicator: indicator.value,
        found: answers.length > 0,
        verdict: verdictOf(score),
        threat_score: score,
      },
      sources_queried: outcome.asked,
      cache_hits: outcome.cacheHits,
      warnings: [...outcome.warnings],
    });
  }

  #read({ data_type, data_value }: EnrichmentRequest): Indicator | undefined {
    return isIndicatorType(data_type) ? readIndicator(data_type, data_value) : undefined;
  }

  #enrichments(
    indicator: Indicator,
    answers: readonly FeedAnswer[],
    { enrichment_types = [] }: EnrichmentRequest,
    terms: ScoreTerms,
  ): EnrichmentResult[] {
    const isWanted = (type: EnrichmentType) => enrichment_types.length === 0 || enrichment_types.includes(type);
    if (answers.length === 0) return [];
    return [
      ...(isWanted('reputation') ? [toReputation(indicator, answers, terms)] : []),
      ...(isWanted('threat_intel') ? answers.map((answer) => toThreatIntel(indicator, answer, terms)) : []),
    ];
  }

  async #publish({ type, value }: Indicator, answers: readonly FeedAnswer[], score: number): Promise<void> {
    const severity = score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
    const categories = answers.flatMap(({ matches }) => matches.flatMap(({ entry }) => entry.categories));
    await this.eventBus.publish({
      event_type: 'security.threat_detected',
      event_name: `Known threat: ${value}`,
      priority: severity,
      severity,
      category: 'security',
      subcategory: categories[0] ?? 'threat',
      data: {
        title: `Known threat: ${value}`,
        indicator: value,
        indicator_type: type,
        threat_score: score,
        severity,
        categories: [...new Set(categories)],
        sources: answers.map(({ feed }) => feed.name),
      },
      tags: ['threat-intel', type],
    });
  }

  #applySettings(): void {
    this.#settings = readSettings(this.config);
    const { feedFile, feedUrl } = this.#settings;
    const { files, network } = this;
    const feeds = [
      ...(feedFile === '' ? [] : [createFileFeed(files, this.#settings)]),
      ...(feedUrl === '' ? [] : [createHttpFeed(network, this.#settings)]),
    ];
    this.#lookup = createLookup(feeds, this.#settings);
    this.logger.info(`Asks ${feeds.map(({ name }) => name).join(' and ') || 'no feed'}`);
    if (feeds.length === 0) this.logger.warning('No feed is set. Enter feed_file or feed_url in the configuration.');
  }

  #answer(
    request: EnrichmentRequest,
    startedAt: number,
    answer: Partial<EnrichmentResponse> & Pick<EnrichmentResponse, 'status'>,
  ): EnrichmentResponse {
    return {
      request_id: request.request_id,
      enrichment_duration: (Date.now() - startedAt) / 1000,
      enricher_version: this.getMetadata().version,
      completion_timestamp: new Date().toISOString(),
      ...answer,
    };
  }
}

/** What has expired, is not valid yet, or is older than asked for is left out, unless history was asked for. */
function choose(
  answers: readonly FeedAnswer[],
  { include_historical, max_age_days }: EnrichmentRequest,
  now: number,
): FeedAnswer[] {
  const oldest = typeof max_age_days === 'number' ? now - max_age_days * DAY : Number.NEGATIVE_INFINITY;
  return answers
    .map(({ feed, matches }) => ({
      feed,
      matches: matches.filter(({ entry }) => {
        if (!include_historical && isExpired(entry, now)) return false;
        if (entry.validFrom !== undefined && entry.validFrom > now) return false;
        return (entry.lastSeen ?? entry.firstSeen ?? now) >= oldest;
      }),
    }))
    .filter(({ matches }) => matches.length > 0);
}

function statusOf({ asked, failed, warnings }: LookupOutcome): Pick<EnrichmentResponse, 'status' | 'error_message'> {
  if (failed === 0) return { status: 'success' };
  if (asked > 0) return { status: 'partial' };
  return { status: 'error', error_message: warnings[0] };
}
