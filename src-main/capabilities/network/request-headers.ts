/** The headers that a plugin may send: none that say where the request goes or how it is framed. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { messageOf } from '@shared/errors';
import { invalid } from '../refusals';

const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'http2-settings',
]);

const MOST_BYTES = 32 * 1024;

/** What belongs to the one server that it was given for. */
const PRIVATE = new Set(['authorization', 'cookie']);
const OF_BODY = /^content-/;

/** @throws StudioError capabilities/invalid (data: reason header) */
export function checkHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'mcp-plugin-studio' };
  let bytes = 0;
  for (const [given_name, value] of Object.entries(given)) {
    const name = given_name.toLowerCase();
    if (OURS.has(name)) throw invalid(`The header ${given_name} is set by the studio. Leave it out.`, 'header');
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (cause) {
      throw invalid(`The header ${JSON.stringify(given_name)} cannot be sent: ${messageOf(cause)}.`, 'header');
    }
    bytes += name.length + value.length;
    headers[name] = value;
  }
  if (bytes > MOST_BYTES) throw invalid('The headers have more than 32 KB. Send more of it in the body.', 'header');
  return headers;
}

/** The headers of a request that was sent elsewhere. */
export function headersAfterRedirect(
  headers: Readonly<Record<string, string>>,
  { otherOrigin, withoutBody }: { otherOrigin: boolean; withoutBody: boolean },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !(otherOrigin && PRIVATE.has(name)) && !(withoutBody && OF_BODY.test(name)),
    ),
  );
}
