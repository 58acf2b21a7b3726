/**
 * One request over HTTP to addresses that were settled before, without redirects. No proxy, no shared connection, no
 * second look-up; certificates are always checked.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Address } from './address';

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly addresses: readonly Address[];
  readonly signal: AbortSignal;
}

/** Answers the look-up of Node's own connecting with what is known. */
export const pinnedTo =
  (addresses: readonly Address[]): LookupFunction =>
  (_name, options, callback) => {
    const usable = addresses.filter(({ family }) => !options.family || options.family === family);
    const found = (usable.length > 0 ? usable : addresses).map(({ text, family }) => ({ address: text, family }));
    const [first] = found;
    if (options.all === true) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };

/** Resolves when the head of the answer is there; its body is still to be read. */
export function sendHttpRequest(request: HttpRequest): Promise<IncomingMessage> {
  const { url, method, headers, body, addresses, signal } = request;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options: RequestOptions & { autoSelectFamily: boolean } = {
    protocol: url.protocol,
    // Node wants an IPv6 address without its brackets.
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method,
    headers: { ...headers, host: url.host, ...(body === undefined ? {} : { 'content-length': String(body.length) }) },
    agent: false,
    lookup: pinnedTo(addresses),
    autoSelectFamily: true,
    rejectUnauthorized: true,
    maxHeaderSize: 64 * 1024,
    signal,
  };
  return new Promise((resolve, reject) => {
    const outgoing = send(options);
    outgoing.once('response', resolve).once('error', reject);
    // A server that switches protocols would leave a socket that nobody owns.
    outgoing.once('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new Error('the server wants another protocol than HTTP'));
    });
    outgoing.end(body);
  });
}
