/**
 * A feed that is fetched: at most once at a time, only when it is older than its time to live, and only whole where it
 * changed (ETag, Last-Modified). While it cannot be fetched the last good one is used, up to a limit, with a warning.
 */
import type { FetchResponse, PluginNetwork } from 'mcp-plugin-sdk';
import type { Settings } from '../settings';
import type { Feed, FeedState } from './feed';
import { loadFeed } from './load-feed';

interface Fetched {
  readonly state: FeedState;
  /** When the server last said that this is what it has. */
  readonly confirmedAt: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** After a failure the server is left alone for this long, or until the feed's time to live, whichever is shorter. */
const RETRY_AFTER_MS = 30_000;

export function createHttpFeed(network: PluginNetwork, settings: Settings): Feed {
  const { feedUrl, feedTtlMs, staleLimitMs, fetchTimeoutMs } = settings;
  const url = new URL(feedUrl);
  const name = url.host;
  let fetched: Fetched | undefined;
  let failure: { at: number; reason: string } | undefined;
  let fetching: Promise<FeedState> | undefined;

  const request = (): Promise<FetchResponse> =>
    network.fetch(feedUrl, {
      headers: {
        accept: 'application/stix+json;version=2.1, application/json, text/csv, text/plain;q=0.8, */*;q=0.5',
        ...keyHeader(settings),
        ...(fetched?.etag ? { 'if-none-match': fetched.etag } : {}),
        ...(fetched?.lastModified ? { 'if-modified-since': fetched.lastModified } : {}),
      },
      timeout: fetchTimeoutMs,
    });

  const take = async (response: FetchResponse): Promise<Fetched> => {
    const confirmedAt = Date.now();
    if (response.status === 304 && fetched !== undefined) return { ...fetched, confirmedAt };
    if (!response.ok) throw new Error(`it answered ${response.status}${KEY_REFUSED.get(response.status) ?? ''}`);
    const etag = response.headers.get('etag');
    const state = loadFeed(name, await response.text(), crypto.randomUUID(), settings);
    return { state, confirmedAt, etag, lastModified: response.headers.get('last-modified') };
  };

  const fallBack = (): FeedState => {
    const age = fetched === undefined ? Number.POSITIVE_INFINITY : Date.now() - fetched.confirmedAt;
    if (fetched === undefined || age > staleLimitMs)
      throw new Error(`The feed ${name} cannot be used: ${failure!.reason}.`);
    const warning = `The feed ${name} could not be refreshed: ${failure!.reason}. The one of ${new Date(fetched.confirmedAt).toISOString()} was used.`;
    return { ...fetched.state, warnings: [...fetched.state.warnings, warning] };
  };

  const refresh = async (): Promise<FeedState> => {
    try {
      fetched = await take(await request());
      failure = undefined;
      return fetched.state;
    } catch (error) {
      failure = { at: Date.now(), reason: reasonOf(error, settings) };
      return fallBack();
    }
  };

  return {
    name,
    url: `${url.origin}${url.pathname}`,
    async read() {
      if (fetching !== undefined) return fetching;
      if (failure !== undefined && Date.now() - failure.at < Math.min(feedTtlMs, RETRY_AFTER_MS)) return fallBack();
      const isFresh = failure === undefined && fetched !== undefined && Date.now() - fetched.confirmedAt < feedTtlMs;
      if (isFresh) return fetched!.state;
      fetching = refresh().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
  };
}

const KEY_REFUSED = new Map([401, 403].map((status) => [status, ' (check api_key and api_key_header)']));

function keyHeader({ apiKey, apiKeyHeader }: Settings): Record<string, string> {
  if (apiKey === '') return {};
  const isBearer = apiKeyHeader.toLowerCase() === 'authorization' && !apiKey.includes(' ');
  return { [apiKeyHeader]: isBearer ? `Bearer ${apiKey}` : apiKey };
}

/** A feed's URL may hold a key: what failed is told without its query. */
function reasonOf(error: unknown, { feedUrl, apiKey }: Settings): string {
  let said = error instanceof Error ? error.message : String(error);
  const { origin, pathname } = new URL(feedUrl);
  said = said.split(feedUrl).join(`${origin}${pathname}`);
  if (apiKey !== '') said = said.split(apiKey).join('the key');
  return said.endsWith('.') ? said.slice(0, -1) : said;
}
