import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmitter, type Port } from '@shared/rpc';
import { describePort } from '@shared/rpc/port-conformance';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connectWebSocket } from '../../src-renderer/client/ports/web-socket';
import { type StudioServer, startServer } from './server';
import { createSessions, SESSION_LIMITS } from './sessions';

let rendererFolder: string;
let server: StudioServer;
let origin: string;
let didConnect = createEmitter<Port>();

beforeAll(async () => {
  rendererFolder = await mkdtemp(join(tmpdir(), 'studio-window-'));
  await writeFile(join(rendererFolder, 'index.html'), '<title>Studio</title>');
});

afterAll(() => rm(rendererFolder, { recursive: true }));

const studio = {
  connect(port: Port) {
    didConnect.emit(port);
    return () => port.close();
  },
};

beforeEach(async () => {
  didConnect = createEmitter<Port>();
  server = await startServer({ studio, rendererFolder });
  origin = new URL(server.url).origin;
});

afterEach(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it stands: fetch would tidy the path and refuse to send a Host of our choice. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    request({ hostname, port, path, method, headers, agent: false }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    })
      .on('error', reject)
      .end();
  });

const pathOf = (url: string) => url.slice(origin.length);

/** Does what a browser does with a link: answers the cookie to send from then on. */
const enter = async (url = server.url) => {
  const { headers } = await ask(pathOf(url));
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
};

const socketUrl = () => `${origin.replace('http', 'ws')}/socket`;

const openSocket = (headers: Record<string, string>, url = socketUrl()) => new WebSocket(url, { headers });

const refusalOf = (socket: WebSocket) =>
  new Promise<number>((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('open', () => reject(new Error('The socket was let in.')));
  });

describePort('a WebSocket', async () => {
  const cookie = await enter(server.newUrl());
  const arrived = new Promise<Port>((resolve) => didConnect.on(resolve));
  const open = (url: string) => openSocket({ cookie, origin }, url) as unknown as globalThis.WebSocket;
  const near = await connectWebSocket(socketUrl(), open);
  const far = await arrived;
  return { near, far, dispose: () => near.close() };
});

describe('a link', () => {
  test('opens the studio: its token is exchanged for a cookie that scripts and other sites cannot use', async () => {
    const { status, headers, body } = await ask(pathOf(server.url));
    expect(status).toBe(200);
    expect(body).toContain('url=/');
    const { port } = new URL(origin);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^studio-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)),
    ]);
    const window = await ask('/', { cookie: await enter(server.newUrl()) });
    expect([window.status, window.body]).toEqual([200, '<title>Studio</title>']);
  });

  test('works once', async () => {
    await enter();
    const again = await ask(pathOf(server.url));
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toContain('npm start -- --browser');
  });

  test('that was used still opens the window of the browser that used it', async () => {
    const cookie = await enter();
    expect((await ask(pathOf(server.url), { cookie })).body).toBe('<title>Studio</title>');
  });

  test('with a wrong token is answered with what to do', async () => {
    const { status, body } = await ask('/?token=wrong');
    expect(status).toBe(403);
    expect(body).toContain('npm start -- --browser');
  });

  test('is told as soon as it works', async () => {
    let url: string | undefined;
    const other = await startServer({ studio, rendererFolder, onListening: (first) => (url = first) });
    expect(url).toBe(other.url);
    await other.close();
  });
});

describe('a request', () => {
  test('without a session gets no file', async () => {
    const { status, body } = await ask('/index.html');
    expect(status).toBe(403);
    expect(body).not.toContain('<title>Studio</title>');
  });

  test("with another studio's cookie gets no file", async () => {
    const cookie = await enter();
    expect((await ask('/', { cookie: cookie.replace(/studio-\d+/, 'studio-1') })).status).toBe(403);
    expect((await ask('/', { cookie: `${cookie}x` })).status).toBe(403);
  });

  test('for another host is refused, even with the session', async () => {
    const cookie = await enter();
    const { port } = new URL(origin);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`])
      expect((await ask('/', { cookie, host })).status, host).toBe(403);
    expect((await ask('/', { cookie, host: `localhost:${port}` })).status).toBe(200);
  });

  test("from another page's origin is refused, even with the session", async () => {
    const cookie = await enter();
    const { port } = new URL(origin);
    for (const other of ['http://evil.example', 'null', `http://localhost:${port}`, `https://127.0.0.1:${port}`])
      expect((await ask('/', { cookie, origin: other })).status, other).toBe(403);
    expect((await ask('/', { cookie, origin })).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('of method %s is refused', async (method) => {
    expect((await ask('/', { cookie: await enter() }, method)).status).toBe(405);
  });

  test.each(['/../server.ts', '/%2e%2e/', '/..%2f', '//etc/passwd', '/gone.js', '/assets'])(
    'for %s finds nothing',
    async (path) => {
      expect((await ask(path, { cookie: await enter() })).status).toBe(404);
    },
  );

  test('is answered with the policy of the window, whatever the answer', async () => {
    const cookie = await enter();
    for (const answer of [await ask('/', { cookie }), await ask('/gone', { cookie }), await ask('/')]) {
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });
});

describe('a socket', () => {
  test('without the session is refused', async () => {
    expect(await refusalOf(openSocket({ origin }))).toBe(403);
    expect(await refusalOf(openSocket({ origin, cookie: 'studio=1' }))).toBe(403);
  });

  test('of another page is refused, even with the session', async () => {
    const cookie = await enter();
    expect(await refusalOf(openSocket({ cookie, origin: 'http://evil.example' }))).toBe(403);
    expect(await refusalOf(openSocket({ cookie }))).toBe(403);
  });

  test('for another host is refused, even with the session', async () => {
    const cookie = await enter();
    expect(await refusalOf(openSocket({ cookie, origin, host: 'evil.example' }))).toBe(403);
  });

  test('on another path is refused', async () => {
    const cookie = await enter();
    expect(await refusalOf(openSocket({ cookie, origin }, `${socketUrl()}/other`))).toBe(404);
  });

  test('that is refused and stays on the line does not keep the server from closing', async () => {
    const staying = connect({ host: '127.0.0.1', port: Number(new URL(origin).port), allowHalfOpen: true });
    staying.write(
      `GET /socket HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    const [answer] = await once(staying, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
    expect(String(answer)).toContain('Only the window of this studio may speak to it.');
    await server.close();
    staying.destroy();
  });

  test('that sends more than 64 MB at once is closed', async () => {
    const socket = openSocket({ cookie: await enter(), origin });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.on('error', () => socket.terminate());
    socket.send(Buffer.alloc(64 * 1024 * 1024 + 1));
    const [code] = await closed;
    expect([1006, 1009]).toContain(code);
  });

  test('that stops answering is taken for gone', async () => {
    const quick = await startServer({ studio, rendererFolder, heartbeatMs: 20 });
    const there = new URL(quick.url).origin;
    const { headers } = await fetch(quick.url);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const lost = new Promise<void>((resolve) => didConnect.on((port) => port.onClose(resolve)));
    const socket = new WebSocket(`${there.replace('http', 'ws')}/socket`, {
      autoPong: false,
      headers: { cookie, origin: there },
    });
    await lost;
    socket.terminate();
    await quick.close();
  });

  test('that is open keeps its session, and one that was left ends it', async () => {
    let time = 0;
    const sessions = createSessions(() => time);
    const quick = await startServer({ studio, rendererFolder, heartbeatMs: 20, sessions });
    const there = new URL(quick.url).origin;
    const { headers } = await fetch(quick.url);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const socket = new WebSocket(`${there.replace('http', 'ws')}/socket`, { headers: { cookie, origin: there } });
    for (let half = 0; half < 4; half += 1) {
      time += SESSION_LIMITS.idleMs / 2;
      // The answer to the first ping is heard before the second one is sent.
      await once(socket, 'ping');
      await once(socket, 'ping');
    }
    expect((await fetch(`${there}/`, { headers: { cookie } })).status).toBe(200);
    socket.terminate();
    time += SESSION_LIMITS.idleMs + 1;
    expect((await fetch(`${there}/`, { headers: { cookie } })).status).toBe(403);
    await quick.close();
  });

  test('that answers stays', async () => {
    const quick = await startServer({ studio, rendererFolder, heartbeatMs: 20 });
    const there = new URL(quick.url).origin;
    const { headers } = await fetch(quick.url);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const socket = new WebSocket(`${there.replace('http', 'ws')}/socket`, { headers: { cookie, origin: there } });
    await new Promise<void>((resolve) => {
      let pings = 0;
      socket.on('ping', () => {
        pings += 1;
        if (pings === 4) resolve();
      });
    });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    await quick.close();
  });
});

test('a window that connects while nothing listens learns it', async () => {
  await server.close();
  const open = (url: string) => {
    const socket = openSocket({}, url);
    socket.on('error', () => {});
    return socket as unknown as globalThis.WebSocket;
  };
  await expect(connectWebSocket(socketUrl(), open)).rejects.toThrow('not running');
});

test('closing the server closes every port and frees the address', async () => {
  const cookie = await enter();
  const arrived = new Promise<Port>((resolve) => didConnect.on(resolve));
  const socket = openSocket({ cookie, origin });
  await once(socket, 'open');
  const closed = new Promise<void>((resolve) => arrived.then((port) => port.onClose(resolve)));
  await server.close();
  await closed;
  const { port } = new URL(origin);
  const again = await startServer({ studio, rendererFolder, port: Number(port) });
  expect(new URL(again.url).port).toBe(port);
  await again.close();
});

test('studios on one machine share the cookies of a browser, and each knows its own', async () => {
  const other = await startServer({ studio, rendererFolder });
  const there = new URL(other.url).origin;
  const { headers } = await fetch(other.url);
  const jar = `${await enter()}; ${headers.get('set-cookie')?.split(';')[0]}`;
  for (const place of [origin, there])
    expect((await fetch(`${place}/`, { headers: { cookie: jar } })).status).toBe(200);
  await other.close();
});

test('after a restart an old session opens nothing, and is told what to do', async () => {
  const cookie = await enter();
  const { port } = new URL(origin);
  await server.close();
  server = await startServer({ studio, rendererFolder, port: Number(port) });
  const { status, body } = await ask('/', { cookie });
  expect(status).toBe(403);
  expect(body).toContain('ends with the studio');
  expect(body).toContain('npm start -- --browser');
  expect(await refusalOf(openSocket({ cookie, origin }))).toBe(403);
  expect((await ask('/', { cookie: await enter(server.newUrl()) })).status).toBe(200);
});

test('a port that another program uses is refused by name', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(startServer({ studio, rendererFolder, port })).rejects.toMatchObject({
    code: 'serve/port-in-use',
    data: { port },
  });
  other.close();
});

test('the server listens on this machine only', async () => {
  const { port } = new URL(origin);
  const outside = connect({ host: '127.0.0.2', port: Number(port) });
  const [error] = await once(outside, 'error');
  expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED');
});
