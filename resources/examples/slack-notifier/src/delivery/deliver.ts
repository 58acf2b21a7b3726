/**
 * Sends one message to one webhook, again where that may help: after 429, 5xx, and where no answer came. It waits as
 * long as Retry-After says, else longer each time. What it tells never holds the webhook's URL.
 */
import { type FetchResponse, type PluginNetwork, SecurityError, ValidationError } from 'mcp-plugin-sdk';
import type { Destination } from '../destination';
import type { WebhookMessage } from '../message/block-kit';
import { type Backoff, backoffDelay } from './backoff';
import { hideUrl } from './hide-url';
import { readRetryAfter } from './retry-after';
import { describeAnswer, isWorthRetrying } from './slack-answer';

export interface DeliveryPolicy extends Backoff {
  readonly maxRetries: number;
  readonly giveUpAfterMs: number;
  readonly requestTimeoutMs: number;
  /** Settles after the time, or rejects when nobody waits any more. */
  wait(milliseconds: number): Promise<void>;
  /** Hears of each wait before it begins. */
  onWait(wait: { readonly reason: string; readonly retry: number; readonly delayMs: number }): void;
}

export interface Delivery {
  readonly destination: Destination;
  readonly success: boolean;
  /** Of the last answer; undefined where none came. */
  readonly statusCode: number | undefined;
  readonly message: string;
  readonly retries: number;
  /** Until when Slack asked not to come back, where that is later than `giveUpAfterMs` allows. */
  readonly notBefore?: string;
  /** In milliseconds. */
  readonly duration: number;
}

interface Attempt {
  readonly success: boolean;
  readonly statusCode: number | undefined;
  readonly message: string;
  readonly isWorthRetrying: boolean;
  readonly retryAfterMs?: number;
}

export async function deliver(
  destination: Destination,
  message: WebhookMessage,
  network: PluginNetwork,
  policy: DeliveryPolicy,
): Promise<Delivery> {
  const startedAt = Date.now();
  for (let retries = 0; ; retries++) {
    const attempt = await tryOnce(destination, message, network, policy.requestTimeoutMs);
    const { success, statusCode } = attempt;
    const duration = Date.now() - startedAt;
    const ended = { destination, success, statusCode, message: attempt.message, retries, duration };
    if (success || !attempt.isWorthRetrying || retries >= policy.maxRetries) return ended;
    const delay = attempt.retryAfterMs ?? backoffDelay(retries + 1, policy, Math.random());
    if (duration + delay > policy.giveUpAfterMs) {
      const notBefore = new Date(Date.now() + delay).toISOString();
      const reason = `${attempt.message} The next try would be at ${notBefore}, which is later than give_up_after allows.`;
      return { ...ended, message: reason, notBefore };
    }
    policy.onWait({ reason: attempt.message, retry: retries + 1, delayMs: delay });
    await policy.wait(delay);
  }
}

async function tryOnce(
  { url, channel }: Destination,
  message: WebhookMessage,
  network: PluginNetwork,
  timeout: number,
): Promise<Attempt> {
  try {
    const answer = await network.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(channel === undefined ? message : { channel, ...message }),
      redirect: 'error',
      timeout,
    });
    return await readAnswer(answer, url);
  } catch (error) {
    const isHopeless = error instanceof SecurityError || error instanceof ValidationError;
    const said = error instanceof Error ? error.message : String(error);
    return { success: false, statusCode: undefined, message: hideUrl(said, url), isWorthRetrying: !isHopeless };
  }
}

async function readAnswer(answer: FetchResponse, url: string): Promise<Attempt> {
  const { status } = answer;
  // A proxy on the way may say what it was asked for.
  const message = describeAnswer(status, hideUrl(await answer.text(), url));
  if (answer.ok) return { success: true, statusCode: status, message: 'Delivered', isWorthRetrying: false };
  return {
    success: false,
    statusCode: status,
    message,
    isWorthRetrying: isWorthRetrying(status),
    retryAfterMs: readRetryAfter(answer.headers.get('retry-after'), Date.now()),
  };
}
