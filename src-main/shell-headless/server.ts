/**
 * The browser's door: the window's files over HTTP and its line to the host over a WebSocket, on this machine only.
 * Nothing is answered before the request has passed the guard and shown a session; see sessions.ts.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { StudioError } from '@shared/errors';
import type { Dispose, Port } from '@shared/rpc';
import { SOCKET_PATH } from '@shared/window-shell';
import { type WebSocket, WebSocketServer } from 'ws';
import { readWindowFile } from '../window-files/read-window-file';
import { WINDOW_HEADERS } from '../window-files/window-policy';
import type { MetricsPage } from './metrics-page';
import type { MetricsToken } from './metrics-token';
import { refusedPage, welcomePage } from './notice-page';
import { readCookie, refuseRequest } from './request-guard';
import { createSessions, type Sessions } from './sessions';
import { createSocketPort } from './socket-port';

const ADDRESS = '127.0.0.1';
const LARGEST_MESSAGE = 64 * 1024 * 1024;
const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

export interface ServerOptions {
  readonly studio: { connect(port: Port): Dispose };
  readonly rendererFolder: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Hears the first link as soon as it works. */
  readonly onListening?: (url: string) => void;
  /** Between pings; a browser that says nothing for three of them is taken for gone. */
  readonly heartbeatMs?: number;
  readonly sessions?: Sessions;
  /** What GET /metrics answers, to a session as all else, and to whoever shows the token. */
  readonly metrics?: { readonly read: () => Promise<MetricsPage>; readonly token: MetricsToken };
}

export interface StudioServer {
  /** The first link; it opens the studio once. */
  readonly url: string;
  /** Another such link, for another browser. */
  newUrl(): string;
  close(): Promise<void>;
}

/** @throws StudioError serve/port-in-use, serve/cannot-listen. */
export async function startServer(options: ServerOptions): Promise<StudioServer> {
  const { studio, rendererFolder, heartbeatMs = 30_000, sessions = createSessions() } = options;
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  const port = await listen(http, options.port ?? 0);
  // Cookies know no ports: studios on this machine share what a browser sends, and each looks for its own name.
  const cookie = `studio-${port}`;
  const isKnown = (request: IncomingMessage) => sessions.use(readCookie(request, cookie) ?? '');

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const reply = (status: number, type: string, body: string | Uint8Array, headers = {}) =>
      response.writeHead(status, { ...WINDOW_HEADERS, 'Content-Type': type, ...headers }).end(body);
    const refusal = refuseRequest(request, port);
    if (refusal !== undefined) return reply(refusal.status, TEXT, `${refusal.reason}\n`);
    const [path = '/', query] = (request.url ?? '/').split('?', 2);
    const session = sessions.redeem(new URLSearchParams(query).get('token') ?? '');
    if (session !== undefined)
      return reply(200, HTML, welcomePage, {
        'Cache-Control': 'no-store',
        'Set-Cookie': `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`,
      });
    const metrics = path === '/metrics' ? options.metrics : undefined;
    const showsToken = metrics?.token.opens(request.headers.authorization) === true;
    if (!showsToken && !isKnown(request)) return reply(403, HTML, refusedPage, { 'Cache-Control': 'no-store' });
    if (metrics !== undefined) {
      const { type, text } = await metrics.read();
      return reply(200, type, text, { 'Cache-Control': 'no-store' });
    }
    const file = await readWindowFile(rendererFolder, path);
    if (file === undefined) return reply(404, TEXT, 'The window has no such file.\n');
    // The build puts a hash into the name of every asset.
    const isForever = path.startsWith('/assets/');
    return reply(200, file.type, file.bytes, {
      'Cache-Control': isForever ? 'max-age=31536000, immutable' : 'no-cache',
    });
  };

  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const reason = refuseRequest(request, port, true)?.reason ?? (isKnown(request) ? undefined : 'Unknown session.');
    if (reason !== undefined) return hangUp(stream, '403 Forbidden', reason);
    if (request.url !== SOCKET_PATH) return hangUp(stream, '404 Not Found', `The socket is at ${SOCKET_PATH}.`);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // A window that is open uses its session, though it asks for no file.
      socket.on('pong', () => void isKnown(request));
      studio.connect(createSocketPort(socket));
    });
  });
  const stopHeartbeat = keepAlive(sockets, heartbeatMs);

  const newUrl = () => `http://${ADDRESS}:${port}/?token=${sessions.newToken()}`;
  const url = newUrl();
  options.onListening?.(url);
  return {
    url,
    newUrl,
    async close() {
      stopHeartbeat();
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // For its whole life: a connection that cannot be accepted later must not end the host.
    http.on('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      const message = isTaken
        ? `Port ${port} is in use by another program. Choose another one, or leave --port out to get a free one.`
        : `The studio cannot listen on ${ADDRESS}:${port}: ${cause.message}.`;
      reject(
        new StudioError(isTaken ? 'serve/port-in-use' : 'serve/cannot-listen', message, { data: { port }, cause }),
      );
    });
    http.listen(port, ADDRESS, () => resolve((http.address() as AddressInfo).port));
  });
}

function hangUp(stream: Duplex, status: string, reason: string): void {
  stream.on('error', () => stream.destroy());
  // A caller who never hangs up would keep the server from closing.
  stream.once('finish', () => stream.destroy());
  const body = `${reason}\n`;
  stream.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: ${TEXT}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

/** Of pings: a window that has much to draw answers late. */
const MOST_UNANSWERED = 3;

/** A laptop that fell asleep does not say goodbye. */
function keepAlive(sockets: WebSocketServer, everyMs: number): Dispose {
  const unanswered = new WeakMap<WebSocket, number>();
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      const count = unanswered.get(socket);
      if (count === undefined) {
        const isThere = () => unanswered.set(socket, 0);
        socket.on('pong', isThere);
        socket.on('message', isThere);
      }
      if (count === MOST_UNANSWERED) {
        socket.terminate();
        continue;
      }
      unanswered.set(socket, (count ?? 0) + 1);
      socket.ping();
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
