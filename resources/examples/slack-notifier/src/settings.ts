/** The configuration as the rest uses it: every value present, and waits in milliseconds. */

/** `config_schema` of plugin.json, as a type. */
export interface SlackNotifierConfig {
  webhook_url?: string;
  webhooks?: Record<string, string>;
  routes?: { recipient: string; webhook?: string; channel?: string }[];
  mention?: 'none' | 'here' | 'channel';
  templates?: Record<string, string>;
  max_retries?: number;
  retry_delay?: number;
  max_retry_delay?: number;
  give_up_after?: number;
  request_timeout?: number;
  dry_run?: boolean;
  publish_events?: boolean;
}

export interface Route {
  readonly recipient: string;
  /** Name of a webhook; the default one where it is empty. */
  readonly webhook: string;
  readonly channel: string;
}

export interface Settings {
  readonly webhookUrl: string;
  readonly webhooks: ReadonlyMap<string, string>;
  readonly routes: readonly Route[];
  readonly mention: 'none' | 'here' | 'channel';
  readonly templates: ReadonlyMap<string, string>;
  readonly maxRetries: number;
  readonly retryDelayMs: number;
  readonly maxRetryDelayMs: number;
  readonly giveUpAfterMs: number;
  readonly requestTimeoutMs: number;
  readonly dryRun: boolean;
  readonly publishEvents: boolean;
}

export function readSettings(config: SlackNotifierConfig): Settings {
  return {
    webhookUrl: config.webhook_url ?? '',
    webhooks: new Map(Object.entries(config.webhooks ?? {})),
    routes: (config.routes ?? []).map(({ recipient, webhook = '', channel = '' }) => ({ recipient, webhook, channel })),
    mention: config.mention ?? 'none',
    templates: new Map(Object.entries(config.templates ?? {})),
    maxRetries: config.max_retries ?? 3,
    retryDelayMs: (config.retry_delay ?? 1) * 1000,
    maxRetryDelayMs: (config.max_retry_delay ?? 60) * 1000,
    giveUpAfterMs: (config.give_up_after ?? 240) * 1000,
    requestTimeoutMs: (config.request_timeout ?? 10) * 1000,
    dryRun: config.dry_run ?? false,
    publishEvents: config.publish_events ?? true,
  };
}
