/** A network that answers what the test says, and remembers what was asked. */
import { PluginError } from '../errors';
import type { FetchResponse, PluginNetwork } from '../network';
import { refusal } from './memory-files';
import { connectTo, type TestConnection, type TestServices } from './scripted-services';
import { decodeText, encodeText } from './text-codec';

/** A request over HTTP, as the plugin made it. */
export interface TestRequest {
  readonly url: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body, read as JSON. */
  json(): unknown;
}

/** What a request is answered with; a text alone is the body of a 200. */
export type TestAnswer =
  | string
  | {
      /** 200 where it is left out. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
      /** Instead of a body. */
      readonly json?: unknown;
    };

/** Answers requests; what it throws is what the plugin gets to catch. */
export type AnswerRequest = (request: TestRequest) => TestAnswer | Promise<TestAnswer>;

/** What a plugin finds on the network: answers by address, or a function; or each kind of traffic on its own. */
export type TestNetwork = AnswerRequest | Readonly<Record<string, TestAnswer>> | TestTraffic;

/** What a plugin finds, by kind of traffic. A kind that is left out is refused. */
export interface TestTraffic {
  readonly answer?: AnswerRequest;
  /** What answers over TCP. */
  readonly services?: TestServices;
  /** In the place of `services`. */
  readonly connect?: PluginNetwork['connect'];
  readonly sendDatagram?: PluginNetwork['sendDatagram'];
}

/** The network of a test context. */
export interface ScriptedNetwork extends PluginNetwork {
  /** What was asked over HTTP, oldest first. */
  readonly requests: readonly TestRequest[];
  /** Connections to the test's `services`, also refused ones, oldest first. */
  readonly connections: readonly TestConnection[];
}

/** Addresses of requests are never called so. */
const isTraffic = (network: object): network is TestTraffic =>
  ['answer', 'services', 'connect', 'sendDatagram'].some((name) => Object.hasOwn(network, name));

function trafficOf(network: TestNetwork | undefined): TestTraffic {
  if (network === undefined) return {};
  if (typeof network === 'function') return { answer: network };
  if (isTraffic(network)) return network;
  const answers = network as Readonly<Record<string, TestAnswer>>;
  return {
    answer({ url }) {
      const answer = answers[url];
      if (answer !== undefined) return answer;
      const known = Object.keys(answers).join(', ') || 'none';
      throw new PluginError(`No answer came from ${url}. The test has answers for: ${known}.`, {
        details: { reason: 'ECONNREFUSED' },
      });
    },
  };
}

function responseOf(url: string, answer: TestAnswer): FetchResponse {
  const { status = 200, headers = {}, body = '', json } = typeof answer === 'string' ? { body: answer } : answer;
  const content = json === undefined ? body : JSON.stringify(json);
  const bytes = () => encodeText(content);
  const text = () => decodeText(content);
  const fields = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: '',
    url,
    redirected: false,
    headers: {
      get: (name) => fields.get(name.toLowerCase()) ?? null,
      has: (name) => fields.has(name.toLowerCase()),
      entries: () => fields.entries() as IterableIterator<[string, string]>,
    },
    text: async () => text(),
    json: async () => JSON.parse(text()) as unknown,
    bytes: async () => bytes(),
    arrayBuffer: async () => bytes().buffer as ArrayBuffer,
  };
}

/** @internal */
export function createScriptedNetwork(network: TestNetwork | undefined): ScriptedNetwork {
  const requests: TestRequest[] = [];
  const connections: TestConnection[] = [];
  const { answer, services, sendDatagram, ...traffic } = trafficOf(network);
  const connect = traffic.connect ?? (services === undefined ? undefined : connectTo(services, connections));
  return {
    requests,
    connections,
    async fetch(url, { method = 'GET', headers = {}, body = '' } = {}) {
      if (answer === undefined) throw refusal('network_access', 'network');
      const text = decodeText(body);
      const request: TestRequest = {
        url: String(url),
        method: method.toUpperCase(),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        body: text,
        json: () => JSON.parse(text) as unknown,
      };
      requests.push(request);
      return responseOf(request.url, await answer(request));
    },
    async connect(target) {
      if (connect === undefined) throw refusal('network_access (connect)', 'network');
      return connect(target);
    },
    async sendDatagram(target, content) {
      if (sendDatagram === undefined) throw refusal('network_access (sendDatagram)', 'network');
      await sendDatagram(target, content);
    },
  };
}
