/**
 * Sends notifications to Slack over incoming webhooks. A delivery that fails is a result with its reason, never an
 * exception; the URLs of webhooks are secrets and leave the plugin only as the address of a request.
 */
import {
  type Channel,
  type NotificationRequest,
  type NotificationResponse,
  type NotificationResult,
  NotifierPlugin,
} from 'mcp-plugin-sdk';
import { type Delivery, type DeliveryPolicy, deliver } from './delivery/deliver';
import { createPendingWaits } from './delivery/pending-waits';
import { type Destination, findDestinations, findUrlProblem, isReachable } from './destination';
import type { WebhookMessage } from './message/block-kit';
import { composeMessage } from './message/compose-message';
import { fillTemplate } from './message/fill-template';
import { readSettings, type Settings, type SlackNotifierConfig } from './settings';
import { CHANNEL_SCHEMA, composeTestMessage, readTestDestination } from './test-message';
import { toResponse } from './to-response';
import { dryResult, failedResult, toResult } from './to-result';

const CHANNEL = 'slack';

/** How a delivery is made, whoever hears of it. */
type Policy = Omit<DeliveryPolicy, 'onWait'>;

/** The platform completes a request with these, so that nobody has said them. */
const COMPLETED_WITH = { max_retries: 3, retry_delay: 60 } as const;

const said = (request: Partial<NotificationRequest>, field: keyof typeof COMPLETED_WITH): number | undefined =>
  request[field] === COMPLETED_WITH[field] ? undefined : request[field];

export class SlackNotifier extends NotifierPlugin<SlackNotifierConfig> {
  #settings: Settings = readSettings({});
  readonly #waits = createPendingWaits();

  override async initialize(): Promise<void> {
    this.#applySettings();
  }

  override async shutdown(): Promise<void> {
    this.#waits.cancel();
  }

  /** Called after `config` has the new values; the next notification uses them. */
  override async onConfigChanged(): Promise<void> {
    this.#applySettings();
  }

  override getSupportedChannels(): Channel[] {
    return [CHANNEL];
  }

  override getChannelConfigSchema(channel: Channel): Record<string, unknown> {
    return channel === CHANNEL ? structuredClone(CHANNEL_SCHEMA) : super.getChannelConfigSchema(channel);
  }

  /** Sends a short message with the given settings, or the plugin's own where they say nothing. */
  override async testChannel(channel: Channel, config: Record<string, unknown>): Promise<boolean> {
    if (channel !== CHANNEL) return false;
    const target = readTestDestination(config, this.#settings);
    const problem = findUrlProblem(target.url);
    if (problem !== undefined) {
      this.logger.warning(`The channel cannot be tested. ${problem}`);
      return false;
    }
    const delivery = await this.#deliver(target, composeTestMessage(), { ...this.#policyOf({}), maxRetries: 0 });
    if (!delivery.success) this.logger.warning(`The test of the channel failed. ${delivery.message}`);
    return delivery.success;
  }

  override async sendNotification(request: NotificationRequest): Promise<NotificationResponse> {
    const startedAt = Date.now();
    const { message, warnings } = this.#readMessage(request);
    const results: NotificationResult[] = [];
    for (const channel of new Set(request.channels)) {
      results.push(await this.#send(channel, { ...request, message }));
    }
    const response = toResponse(request, results, {
      version: this.getMetadata().version,
      startedAt,
      warnings,
    });
    if (this.#settings.publishEvents && !this.#settings.dryRun) await this.#publish(request, response);
    return response;
  }

  async #send(channel: Channel, request: NotificationRequest & { message: string }): Promise<NotificationResult> {
    if (channel !== CHANNEL) return failedResult(channel, `This plugin sends to ${CHANNEL} only, not to ${channel}.`);
    if (!request.title && !request.message) return failedResult(channel, 'There is neither a title nor a message.');
    if (request.send_at && Date.parse(request.send_at) > Date.now()) {
      return failedResult(channel, `It is to be sent at ${request.send_at}. This plugin sends at once: ask it then.`);
    }
    const targets = findDestinations(request.recipients?.[CHANNEL] ?? [], this.#settings);
    const sent = composeMessage(request, { message: request.message, mention: this.#settings.mention });
    if (this.#settings.dryRun) return dryResult(targets, sent);
    const policy = this.#policyOf(request);
    const outcomes = await Promise.all(
      targets.map((target) => (isReachable(target) ? this.#deliver(target, sent, policy) : target)),
    );
    return toResult(outcomes, sent);
  }

  async #deliver(target: Destination, message: WebhookMessage, policy: Policy): Promise<Delivery> {
    const who = target.recipient || 'the default channel';
    const delivery = await deliver(target, message, this.network, {
      ...policy,
      onWait: ({ reason, retry, delayMs }) =>
        this.logger.info(
          `${who}: retry ${retry} of ${policy.maxRetries} in ${(delayMs / 1000).toFixed(1)} s. ${reason}`,
        ),
    });
    this.logger.info(`${who}: ${delivery.message}`, { retries: delivery.retries, status: delivery.statusCode });
    return delivery;
  }

  #policyOf(request: Pick<NotificationRequest, 'max_retries' | 'retry_delay'>): Policy {
    const max_retries = said(request, 'max_retries');
    const retry_delay = said(request, 'retry_delay');
    const { maxRetries, retryDelayMs, maxRetryDelayMs, giveUpAfterMs, requestTimeoutMs } = this.#settings;
    const firstDelayMs = retry_delay === undefined ? retryDelayMs : retry_delay * 1000;
    return {
      maxRetries: max_retries ?? maxRetries,
      firstDelayMs,
      // A request may ask for more than the configuration would choose by itself.
      longestDelayMs: Math.max(maxRetryDelayMs, retry_delay === undefined ? 0 : firstDelayMs),
      giveUpAfterMs,
      requestTimeoutMs,
      wait: this.#waits.wait,
    };
  }

  #readMessage({ template, template_vars = {}, message = '' }: NotificationRequest) {
    if (!template) return { message, warnings: [] };
    const known = this.#settings.templates.get(template);
    if (known === undefined) {
      return {
        message,
        warnings: [`There is no template "${template}" in the configuration. The message went as it is.`],
      };
    }
    const { text, missing } = fillTemplate(known, { message, ...template_vars });
    return {
      message: text,
      warnings: missing.map((name) => `Nothing fills {{${name}}} of the template "${template}".`),
    };
  }

  async #publish(request: NotificationRequest, response: NotificationResponse): Promise<void> {
    const isSent = response.status === 'success';
    await this.eventBus.publish({
      event_type: isSent ? 'notification.sent' : 'notification.failed',
      event_name: request.title || request.notification_type,
      priority: request.priority ?? 'medium',
      category: 'notification',
      data: {
        request_id: request.request_id,
        notification_id: response.notification_id,
        status: response.status,
        notification_type: request.notification_type,
        incident_id: request.incident_id ?? undefined,
        reasons: response.results?.filter(({ success }) => !success).map(({ status_message }) => status_message),
      },
      tags: ['slack', ...(request.tags ?? [])],
    });
  }

  #applySettings(): void {
    this.#settings = readSettings(this.config);
    const { webhookUrl, webhooks, dryRun } = this.#settings;
    const count = webhooks.size + (webhookUrl === '' ? 0 : 1);
    this.logger.info(
      `${count} ${count === 1 ? 'webhook is' : 'webhooks are'} known${dryRun ? '; nothing is sent' : ''}`,
    );
    if (count === 0) this.logger.warning('No webhook is set. Enter webhook_url in the configuration.');
  }
}
