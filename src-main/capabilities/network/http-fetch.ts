/** A fetch for a plugin: each hop of a redirect is a target of its own, with a grant of its own. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import { cutText } from '@shared/contracts/runner-limits';
import { fromBase64, toBase64 } from '../byte-limits';
import { createHeldClock, type HeldClock } from '../held-clock';
import { failed, failedBecause, invalid, timedOut } from '../refusals';
import type { Slots } from '../slots';
import { sendHttpRequest } from './http-request';
import { type Lookup, type NetworkGate, openTarget } from './open-target';
import { type BodyBudget, readBody } from './read-body';
import { checkHeaders, headersAfterRedirect } from './request-headers';

const DEFAULT_TIMEOUT_MS = 30_000;
const MOST_HOPS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const METHOD = /^[A-Z]{1,32}$/;
/** They ask a server to be a tunnel, or to repeat what was sent. */
const REFUSED_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

export interface FetchMeans {
  readonly gate: NetworkGate;
  readonly lookup: Lookup;
  readonly budget: BodyBudget;
  /** How many fetch at the same time. */
  readonly slots: Slots;
  readonly signal: AbortSignal;
}

interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

/** @throws StudioError capabilities/invalid, /denied, /failed (data: reason such as ECONNREFUSED), /timeout, /too-large */
export async function httpFetch(
  params: OperationParams<'http-fetch'>,
  means: FetchMeans,
): Promise<OperationResult<'http-fetch'>> {
  const { redirect = 'follow', timeoutMs = DEFAULT_TIMEOUT_MS } = params;
  let hop = firstHop(params);
  let release: (() => void) | undefined;
  const clock = createHeldClock(timeoutMs, means.signal);
  try {
    for (let hops = 0; ; hops++) {
      const addresses = await addressesOf(hop, means, clock);
      release ??= await clock.hold(() => means.slots.take(means.signal));
      const response = await sendHttpRequest({ ...hop, addresses, signal: clock.signal });
      const next = redirect === 'manual' ? undefined : nextHop(hop, response);
      if (next === undefined) return await answerOf(hop, response, hops > 0, means.budget);
      response.destroy();
      if (redirect === 'error') throw failed(`${hop.url.origin} redirects to ${next.url.origin}.`, 'REDIRECT');
      if (hops === MOST_HOPS) throw failed(`${hop.url.origin} redirects more than ${MOST_HOPS} times.`, 'REDIRECT');
      hop = next;
    }
  } catch (error) {
    if (clock.isUp()) throw timedOut(`${hop.method} ${hop.url.origin}`, timeoutMs);
    throw failedBecause(`${hop.method} ${hop.url.origin}`, error);
  } finally {
    clock.stop();
    release?.();
  }
}

function firstHop({ url: given, method = 'GET', headers = {}, body }: OperationParams<'http-fetch'>): Hop {
  const url = webAddress(given, undefined);
  const verb = method.toUpperCase();
  if (!METHOD.test(verb) || REFUSED_METHODS.has(verb)) throw invalid(`The method ${method} cannot be sent.`, 'method');
  if (body !== undefined && (verb === 'GET' || verb === 'HEAD')) throw invalid(`${verb} has no body.`, 'body');
  const bytes = body === undefined ? undefined : fromBase64(body, 'The body');
  return { url, method: verb, headers: checkHeaders(headers), body: bytes };
}

function webAddress(given: string, base: URL | undefined): URL {
  let url: URL;
  try {
    url = new URL(given, base);
  } catch {
    throw invalid(`"${cutText(given, 200)}" is no web address. Begin it with https://.`, 'url');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid(`${url.protocol} cannot be fetched. Use https: or http:.`, 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('An address with a name or password in it is not fetched. Send the header Authorization.', 'url');
  }
  url.hash = '';
  return url;
}

const portOf = ({ port, protocol }: URL) => (port !== '' ? Number(port) : protocol === 'https:' ? 443 : 80);

async function addressesOf({ url }: Hop, { gate, lookup }: FetchMeans, clock: HeldClock) {
  const patient: NetworkGate = {
    coversAddress: gate.coversAddress,
    authorize: (target) => clock.hold(() => gate.authorize(target)),
  };
  const { addresses } = await openTarget(url.hostname, portOf(url), patient, lookup);
  return addresses;
}

function nextHop({ url, method, headers, body }: Hop, response: IncomingMessage): Hop | undefined {
  const { statusCode: status = 0, headers: answered } = response;
  if (!REDIRECTS.has(status) || answered.location === undefined) return undefined;
  const next = webAddress(answered.location, url);
  const becomesGet = (status === 303 && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST');
  const otherOrigin = next.origin !== url.origin;
  return {
    url: next,
    method: becomesGet ? 'GET' : method,
    headers: headersAfterRedirect(headers, { otherOrigin, withoutBody: becomesGet }),
    body: becomesGet ? undefined : body,
  };
}

async function answerOf({ url, method }: Hop, response: IncomingMessage, redirected: boolean, budget: BodyBudget) {
  const { statusCode: status = 0, statusMessage: statusText = '' } = response;
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
  const body = hasBody ? toBase64(await readBody(response, budget)) : '';
  response.destroy();
  return { url: url.href, status, statusText, headers: flatten(response.headers), redirected, body };
}

const flatten = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
