/** Makes of the deliveries of a channel what the platform calls a result. It never holds a webhook's URL. */
import type { Channel, NotificationResult } from 'mcp-plugin-sdk';
import type { Delivery } from './delivery/deliver';
import { type Destination, isReachable, type Unreachable } from './destination';
import type { WebhookMessage } from './message/block-kit';

export function failedResult(channel: Channel, status_message: string): NotificationResult {
  return { notification_id: crypto.randomUUID(), channel, success: false, status_message, retry_count: 0 };
}

/** What would have been sent, and to whom. */
export function dryResult(targets: readonly (Destination | Unreachable)[], sent: WebhookMessage): NotificationResult {
  const deliveries = targets.map((target) =>
    isReachable(target)
      ? { recipient: target.recipient, webhook: target.webhook, channel: target.channel, status_message: 'Not sent' }
      : { recipient: target.recipient, status_message: target.reason },
  );
  const unreachable = targets.filter((target): target is Unreachable => !isReachable(target));
  return {
    notification_id: crypto.randomUUID(),
    channel: 'slack',
    success: unreachable.length === 0,
    status_message: unreachable[0]?.reason ?? 'Dry run: nothing was sent',
    recipients: [],
    failed_recipients: unreachable.map(({ recipient }) => recipient).filter(Boolean),
    response_data: { dry_run: true, sent, deliveries },
    retry_count: 0,
    will_retry: false,
  };
}

const isDelivery = (outcome: Delivery | Unreachable): outcome is Delivery => 'success' in outcome;

export function toResult(outcomes: readonly (Delivery | Unreachable)[], sent: WebhookMessage): NotificationResult {
  const deliveries = outcomes.filter(isDelivery);
  const failed = outcomes.filter((outcome) => !isDelivery(outcome) || !outcome.success);
  // The failure that a person has to do something about; else the last answer.
  const told = failed[0] ?? deliveries[deliveries.length - 1]!;
  const success = failed.length === 0;
  return {
    notification_id: crypto.randomUUID(),
    channel: 'slack',
    success,
    status_code: isDelivery(told) ? told.statusCode : undefined,
    status_message: isDelivery(told) ? told.message : told.reason,
    delivered_at: success ? new Date().toISOString() : undefined,
    delivery_duration: Math.max(0, ...deliveries.map(({ duration }) => duration)) / 1000,
    recipients: namesOf(outcomes.filter((outcome) => !failed.includes(outcome))),
    failed_recipients: namesOf(failed),
    response_data: { sent, deliveries: outcomes.map(describe) },
    retry_count: deliveries.reduce((sum, { retries }) => sum + retries, 0),
    will_retry: false,
  };
}

const recipientOf = (outcome: Delivery | Unreachable): string =>
  isDelivery(outcome) ? outcome.destination.recipient : outcome.recipient;

const namesOf = (outcomes: readonly (Delivery | Unreachable)[]): string[] => [
  ...new Set(outcomes.map(recipientOf).filter(Boolean)),
];

function describe(outcome: Delivery | Unreachable): Record<string, unknown> {
  if (!isDelivery(outcome)) return { recipient: outcome.recipient, success: false, status_message: outcome.reason };
  const { destination, success, statusCode, message, retries, notBefore, duration } = outcome;
  return {
    recipient: destination.recipient,
    webhook: destination.webhook,
    channel: destination.channel,
    success,
    status_code: statusCode,
    status_message: message,
    retry_count: retries,
    not_before: notBefore,
    duration: duration / 1000,
  };
}
