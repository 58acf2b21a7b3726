/** The network API of plugins over real sockets, for tests of examples without the platform around them. */
import { lookup } from 'node:dns';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { PluginError, SecurityError, TimeoutError } from '@shared/sdk';
import type { FetchOptions, FetchResponse, PluginNetwork, TcpConnection } from '../../src-shared/sdk/network';

export interface TestNetwork extends PluginNetwork {
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  /** How many connections were open at the most, at once. */
  mostOpen(): number;
  /** From now on every call is refused, as without the permission. */
  deny(): void;
  closeAll(): void;
}

const reasonOf = (error: unknown): string => {
  const cause = (error as { cause?: { code?: string } }).cause;
  return cause?.code ?? (error as { code?: string }).code ?? String(error);
};

export function openNetwork(): TestNetwork {
  const open = new Set<Socket>();
  let most = 0;
  let isDenied = false;
  const check = () => {
    if (isDenied) throw new SecurityError('network_access is not granted for this host.');
  };
  return {
    open,
    mostOpen: () => most,
    deny() {
      isDenied = true;
    },
    closeAll() {
      for (const socket of open) socket.destroy();
    },
    fetch: async (url, options) => {
      check();
      return fetchWhole(typeof url === 'string' ? url : url.href, options);
    },
    async connect({ host, port, tls = false, timeout = 10_000 }) {
      check();
      const socket = tls
        ? connectTls({ host, port, servername: 'localhost' })
        : connectTcp({ host, port, lookup: findLocally });
      open.add(socket);
      most = Math.max(most, [...open].filter(({ destroyed }) => !destroyed).length);
      socket.once('close', () => open.delete(socket));
      await opened(socket, tls ? 'secureConnect' : 'connect', `${host}:${port}`, timeout);
      return toConnection(socket, host);
    },
    sendDatagram: async () => check(),
  };
}

/** Names are those of this machine; of the others nobody is asked, so that tests need no network. */
const findLocally: LookupFunction = (name, options, callback) => {
  if (name === 'localhost') lookup(name, options, callback);
  else callback(Object.assign(new Error(`${name} is not known`), { code: 'ENOTFOUND' }), '');
};

async function fetchWhole(url: string, options: FetchOptions = {}): Promise<FetchResponse> {
  const { timeout = 30_000, ...init } = options;
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) } as RequestInit);
    const body = new Uint8Array(await response.arrayBuffer());
    const { ok, status, statusText, redirected, headers } = response;
    return {
      ok,
      status,
      statusText,
      redirected,
      url: response.url,
      headers,
      text: async () => new TextDecoder().decode(body),
      json: async () => JSON.parse(new TextDecoder().decode(body)),
      bytes: async () => body,
      arrayBuffer: async () => body.slice().buffer as ArrayBuffer,
    };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') throw new TimeoutError(`${url} did not answer within ${timeout} ms.`);
    // As a careless broker might: plugins must not pass the address on.
    throw new PluginError(`${url} could not be reached: ${reasonOf(error)}`, { details: { reason: reasonOf(error) } });
  }
}

function opened(socket: Socket, event: string, target: string, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new TimeoutError(`${target} did not answer within ${timeout} ms.`));
    }, timeout);
    socket.once(event, () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('error', (error) => {
      clearTimeout(timer);
      const reason = reasonOf(error);
      reject(new PluginError(`${target} could not be reached: ${reason}`, { details: { reason } }));
    });
  });
}

function toConnection(socket: Socket, host: string): TcpConnection {
  const chunks: Uint8Array[] = [];
  let hasEnded = false;
  let wake = () => {};
  socket.on('data', (chunk) => {
    chunks.push(new Uint8Array(chunk));
    wake();
  });
  const end = () => {
    hasEnded = true;
    wake();
  };
  socket.on('end', end);
  socket.on('close', end);
  return {
    address: socket.remoteAddress ?? host,
    async read(timeout = 10_000) {
      if (chunks.length === 0 && !hasEnded) {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new TimeoutError(`Nothing came within ${timeout} ms.`)), timeout);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return chunks.shift();
    },
    async write(content) {
      socket.write(content);
    },
    async close() {
      socket.destroy();
    },
  };
}
