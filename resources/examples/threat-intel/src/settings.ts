/** The configuration as the rest uses it: every value present, and times in milliseconds. */
import type { FeedFormat } from './feed/parse-feed';

/** `config_schema` of plugin.json, as a type. */
export interface ThreatIntelConfig {
  feed_file?: string;
  feed_url?: string;
  api_key?: string;
  api_key_header?: string;
  feed_format?: 'auto' | FeedFormat;
  feed_ttl_minutes?: number;
  stale_limit_hours?: number;
  fetch_timeout_seconds?: number;
  max_indicators?: number;
  cache_ttl_minutes?: number;
  cache_size?: number;
  half_life_days?: number;
  default_confidence?: number;
  publish_threats_from?: number;
}

export interface Settings {
  readonly feedFile: string;
  readonly feedUrl: string;
  readonly apiKey: string;
  readonly apiKeyHeader: string;
  readonly feedFormat: 'auto' | FeedFormat;
  readonly feedTtlMs: number;
  readonly staleLimitMs: number;
  readonly fetchTimeoutMs: number;
  readonly maxIndicators: number;
  readonly cacheTtlMs: number;
  readonly cacheSize: number;
  readonly halfLifeMs: number;
  /** From 0 to 100. */
  readonly defaultConfidence: number;
  readonly publishThreatsFrom: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function readSettings(config: ThreatIntelConfig): Settings {
  return {
    feedFile: config.feed_file ?? 'feeds/indicators.csv',
    feedUrl: config.feed_url ?? '',
    apiKey: config.api_key ?? '',
    apiKeyHeader: config.api_key_header ?? 'Authorization',
    feedFormat: config.feed_format ?? 'auto',
    feedTtlMs: (config.feed_ttl_minutes ?? 60) * MINUTE,
    staleLimitMs: (config.stale_limit_hours ?? 24) * HOUR,
    fetchTimeoutMs: Math.ceil((config.fetch_timeout_seconds ?? 15) * 1000),
    maxIndicators: config.max_indicators ?? 250_000,
    cacheTtlMs: (config.cache_ttl_minutes ?? 15) * MINUTE,
    cacheSize: config.cache_size ?? 2000,
    halfLifeMs: (config.half_life_days ?? 90) * 24 * HOUR,
    defaultConfidence: config.default_confidence ?? 50,
    publishThreatsFrom: config.publish_threats_from ?? 7,
  };
}
