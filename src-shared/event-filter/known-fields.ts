/**
 * The fields of a filter and of a subscription's options. One that is unknown would restrict nothing, and whoever
 * subscribed would get every event without knowing why: so it is refused.
 */
import { closestTo, didYouMean } from '../closest';
import type { EventFilter, SubscriptionOptions } from '../schemas';

const FILTER: Record<keyof EventFilter, true> = {
  event_types: true,
  exclude_types: true,
  sources: true,
  exclude_sources: true,
  min_priority: true,
  max_priority: true,
  required_tags: true,
  forbidden_tags: true,
  required_labels: true,
  forbidden_labels: true,
  min_age_seconds: true,
  max_age_seconds: true,
  data_filters: true,
};

const OPTIONS: Record<keyof SubscriptionOptions, true> = {
  subscription_name: true,
  delivery_mode: true,
  batch_size: true,
  batch_timeout: true,
  max_retries: true,
  retry_delay: true,
  max_queue_size: true,
  backpressure_policy: true,
};

const unknownIn = (value: object, known: object, what: string): string | undefined => {
  const names = Object.keys(known);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return undefined;
  const suggestion = closestTo(unknown, names);
  const more = suggestion === undefined ? ` There are: ${names.join(', ')}.` : didYouMean(suggestion);
  return `"${unknown}" is no field of ${what}.${more}`;
};

/** What is wrong with the names of the fields; undefined where nothing is. */
export const unknownFieldOf = (filter: object = {}, options: object = {}): string | undefined =>
  unknownIn(filter, FILTER, 'an event filter') ?? unknownIn(options, OPTIONS, "a subscription's options");
