/** The network API in the plugin's hands. Options are read once, field by field: they are the plugin's objects. */
import type { OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import type { FetchOptions, FetchResponse, PluginNetwork, TcpConnection } from '@shared/sdk/network';
import { base64Of, bytesFrom, textFrom } from './bytes';
import type { HostAccess } from './host-access';

const given = <Value, Field extends string>(field: Field, value: Value | undefined) =>
  (value === undefined || value === null ? {} : { [field]: value }) as { [Name in Field]?: Value };

function fetchParams(url: string | { readonly href: string }, options: FetchOptions): OperationParams<'http-fetch'> {
  const { method, headers, body, redirect, timeout } = options;
  return {
    url: typeof url === 'string' ? url : String(url.href),
    ...given('method', method),
    ...given('headers', headers),
    ...(body === undefined || body === null ? {} : { body: base64Of(body, 'The body') }),
    ...given('redirect', redirect),
    ...given('timeoutMs', timeout),
  };
}

function createResponse(answer: OperationResult<'http-fetch'>): FetchResponse {
  const { status, statusText, url, redirected, body } = answer;
  const headers = new Map(Object.entries(answer.headers));
  return harden({
    ok: status >= 200 && status <= 299,
    status,
    statusText,
    url,
    redirected,
    headers: {
      get: (name: string) => headers.get(String(name).toLowerCase()) ?? null,
      has: (name: string) => headers.has(String(name).toLowerCase()),
      entries: () => headers.entries(),
    },
    text: async () => textFrom(body),
    json: async () => JSON.parse(textFrom(body)) as unknown,
    bytes: async () => bytesFrom(body),
    arrayBuffer: async () => bytesFrom(body).buffer as ArrayBuffer,
  });
}

function createConnection({ perform }: HostAccess, { handle, address }: OperationResult<'tcp-open'>): TcpConnection {
  return harden({
    address,
    async read(timeout?: number) {
      const answer = await perform('tcp-read', { handle, ...given('timeoutMs', timeout) });
      return answer === null ? undefined : bytesFrom(answer.base64);
    },
    async write(content: string | Uint8Array) {
      await perform('tcp-write', { handle, base64: base64Of(content, 'The content') });
    },
    async close() {
      await perform('tcp-close', { handle });
    },
  });
}

export function createPluginNetwork(access: HostAccess): PluginNetwork {
  return {
    fetch: async (url, options = {}) => createResponse(await access.perform('http-fetch', fetchParams(url, options))),
    async connect(target) {
      const { host, port, tls, timeout } = target;
      const params = { host, port, ...given('tls', tls), ...given('timeoutMs', timeout) };
      return createConnection(access, await access.perform('tcp-open', params));
    },
    async sendDatagram(target, content) {
      const { host, port } = target;
      await access.perform('udp-send', { host, port, base64: base64Of(content, 'The datagram') });
    },
  };
}
