/**
 * What every request and every upgrade must pass before anything looks at it. The Host header must name this server,
 * or a page could reach it through a name of its own that it points here; the Origin must be the window's.
 */
import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: 403 | 405;
  readonly reason: string;
}

export function refuseRequest(request: IncomingMessage, port: number, isUpgrade = false): Refusal | undefined {
  const { host, origin } = request.headers;
  // Browsers leave the port out where it is the one that http has anyway.
  const ending = port === 80 ? '' : `:${port}`;
  if (host !== `127.0.0.1${ending}` && host !== `localhost${ending}`)
    return { status: 403, reason: `This server answers only as http://127.0.0.1${ending}/.` };
  // A browser sends an origin with every upgrade; with a plain GET of its own page it sends none.
  if (origin === undefined ? isUpgrade : origin !== `http://${host}`)
    return { status: 403, reason: 'Only the window of this studio may speak to it.' };
  if (request.method !== 'GET') return { status: 405, reason: 'This server only answers GET.' };
  return undefined;
}

/** The cookie's value, or undefined where the request has none of that name. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of request.headers.cookie?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
