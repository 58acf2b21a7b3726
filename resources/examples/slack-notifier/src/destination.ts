/**
 * Where the recipients of a notification are reached. A recipient that nothing is known of is an error: sent to the
 * default channel, a message might be read by people that it was not meant for.
 */
import type { Settings } from './settings';

export interface Destination {
  /** As the notification names it; empty for the default. */
  readonly recipient: string;
  /** Name of the webhook, `default` for the one of `webhook_url`. */
  readonly webhook: string;
  /** Secret. */
  readonly url: string;
  readonly channel?: string;
}

/** A recipient that cannot be reached, and why. */
export interface Unreachable {
  readonly recipient: string;
  readonly reason: string;
}

export const isReachable = (target: Destination | Unreachable): target is Destination => 'url' in target;

export function findDestinations(recipients: readonly string[], settings: Settings): (Destination | Unreachable)[] {
  if (recipients.length === 0) return [reach('', '', '', settings)];
  return [...new Set(recipients)].flatMap((recipient) => {
    const routes = settings.routes.filter((route) => route.recipient === recipient);
    if (routes.length > 0) return routes.map(({ webhook, channel }) => reach(recipient, webhook, channel, settings));
    if (settings.webhooks.has(recipient)) return [reach(recipient, recipient, '', settings)];
    const reason = `Nothing says how "${recipient}" is reached. Add a route for it, or a webhook of this name.`;
    return [{ recipient, reason }];
  });
}

function reach(recipient: string, name: string, channel: string, settings: Settings): Destination | Unreachable {
  const url = name === '' ? settings.webhookUrl : settings.webhooks.get(name);
  if (url === undefined) return { recipient, reason: `The route names the webhook "${name}", which there is not.` };
  const problem = findUrlProblem(url, name);
  if (problem !== undefined) return { recipient, reason: problem };
  return { recipient, webhook: name === '' ? 'default' : name, url, ...(channel === '' ? {} : { channel }) };
}

/** Says what is wrong without the URL itself, which is a secret. */
export function findUrlProblem(url: string, name = ''): string | undefined {
  const which = name === '' ? 'The webhook URL' : `The URL of the webhook "${name}"`;
  if (url === '') return `${which} is not set. Enter it in the configuration.`;
  const parsed = parseUrl(url);
  if (parsed === undefined) return `${which} is no URL. It begins with https://.`;
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(parsed.hostname);
  if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal)) return undefined;
  return `${which} does not begin with https://. Anybody on the way could read it.`;
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
