/** How a subscription is served: the contract's defaults, in milliseconds, within what the bus can hold. */
import { StudioError } from '@shared/errors';
import type { SubscriptionOptions } from '@shared/schemas';

export interface ServiceTerms {
  readonly mode: 'async' | 'sync' | 'batch';
  readonly batchSize: number;
  readonly batchTimeoutMs: number;
  readonly maxRetries: number;
  readonly retryDelayMs: number;
  readonly capacity: number;
  readonly whenFull: 'drop' | 'block' | 'error';
  readonly deliveryTimeoutMs: number;
}

const LARGEST_QUEUE = 1_000_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const milliseconds = (seconds: number) => Math.min(seconds * 1000, LONGEST_TIMER_MS);

/** The options with the contract's defaults. */
export function completeOptions(options: SubscriptionOptions): Required<SubscriptionOptions> {
  const queue = options.max_queue_size ?? 1000;
  if (!(queue >= 1 && queue <= LARGEST_QUEUE)) {
    throw new StudioError(
      'events/invalid-queue-size',
      `max_queue_size is ${queue}, and must be from 1 to ${LARGEST_QUEUE}. A slow subscriber is better served in batches.`,
      { data: { max_queue_size: queue } },
    );
  }
  return {
    subscription_name: options.subscription_name ?? '',
    delivery_mode: options.delivery_mode ?? 'async',
    batch_size: options.batch_size ?? 1,
    batch_timeout: options.batch_timeout ?? 30,
    max_retries: options.max_retries ?? 3,
    retry_delay: options.retry_delay ?? 5,
    max_queue_size: queue,
    backpressure_policy: options.backpressure_policy ?? 'drop',
  };
}

export function termsOf(options: Required<SubscriptionOptions>, deliveryTimeoutMs: number): ServiceTerms {
  return {
    mode: options.delivery_mode,
    // A batch that the queue cannot hold would never be full.
    batchSize: options.delivery_mode === 'batch' ? Math.min(options.batch_size, options.max_queue_size) : 1,
    batchTimeoutMs: milliseconds(options.batch_timeout),
    maxRetries: options.max_retries,
    retryDelayMs: milliseconds(options.retry_delay),
    capacity: options.max_queue_size,
    whenFull: options.backpressure_policy,
    deliveryTimeoutMs: Math.min(deliveryTimeoutMs, LONGEST_TIMER_MS),
  };
}
