import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { OperationParams } from '@shared/contracts/capability-operations';
import { isStudioError } from '@shared/errors';
import { describe, expect, it } from 'vitest';
import { outOfReach } from '../refusals';
import { createSlots } from '../slots';
import { parseHostPattern } from './host-grant';
import { httpFetch } from './http-fetch';
import type { Lookup, NetworkGate } from './open-target';
import { localServers } from './servers.fixture';

const servers = localServers();

/** Grants these hosts and denies all others. */
function gateOf(granted: readonly string[]): NetworkGate {
  const patterns = granted.map(parseHostPattern);
  return {
    async authorize(target) {
      if (!patterns.some((pattern) => pattern.covers(target)))
        throw outOfReach(`${target.host} is not granted.`, 'test');
    },
    coversAddress: (address, port) => patterns.some((pattern) => pattern.coversAddress(address, port)),
  };
}

const toLocal: Lookup = async () => [{ address: '127.0.0.1' }];

function fetch(
  params: OperationParams<'http-fetch'>,
  { granted = ['127.0.0.1'], lookup = toLocal, gate = gateOf(granted), signal = new AbortController().signal } = {},
) {
  return httpFetch(params, {
    gate,
    lookup,
    signal,
    budget: { taken: 0, most: 48 * 1024 * 1024 },
    slots: createSlots(2),
  });
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (isStudioError(error) ? `${error.code} ${String(error.data.reason)}` : String(error)),
  );

const bodyOf = ({ body }: { body: string }) => Buffer.from(body, 'base64').toString();

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('fetch', () => {
  it('sends what the plugin says, and hands the whole answer over', async () => {
    const port = await servers.http(async (request, response) => {
      const { method, url, headers } = request;
      response.writeHead(201, 'Made', { 'x-a': '1', 'set-cookie': ['a=1', 'b=2'] });
      response.end(
        JSON.stringify({ method, url, host: headers.host, own: headers['x-own'], text: await textOf(request) }),
      );
    });
    const body = Buffer.from('häh').toString('base64');
    const url = `http://127.0.0.1:${port}/p?q=1#hash`;
    const answer = await fetch({ url, method: 'post', headers: { 'X-Own': 'v' }, body });
    expect(answer).toMatchObject({ status: 201, statusText: 'Made', redirected: false, url: url.replace('#hash', '') });
    expect(answer.headers).toMatchObject({ 'x-a': '1', 'set-cookie': 'a=1, b=2' });
    expect(JSON.parse(bodyOf(answer))).toEqual({
      method: 'POST',
      url: '/p?q=1',
      host: `127.0.0.1:${port}`,
      own: 'v',
      text: 'häh',
    });
  });

  it('connects to the address that was looked up, and looks up once', async () => {
    const port = await servers.http((request, response) => response.end(request.headers.host));
    let asked = 0;
    const lookup: Lookup = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '10.255.255.1' }];
    const answer = await fetch(
      { url: `http://pinned.example:${port}/` },
      { granted: ['pinned.example', '127.0.0.1'], lookup },
    );
    expect(bodyOf(answer)).toBe(`pinned.example:${port}`);
    expect(asked).toBe(1);
  });

  it('never reaches this machine by a name that was granted', async () => {
    let reached = 0;
    const port = await servers.http((_, response) => response.end(String(++reached)));
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '0.0.0.0']) {
      const lookup: Lookup = async () => [{ address }];
      const work = fetch({ url: `http://rebind.example:${port}/` }, { granted: ['rebind.example'], lookup });
      expect(await refused(work)).toBe('capabilities/denied rebinding');
    }
    for (const host of ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::ffff:7f00:1]', '0']) {
      const work = fetch({ url: `http://${host}:${port}/` }, { granted: ['rebind.example'] });
      expect(await refused(work)).toBe('capabilities/denied test');
    }
    expect(reached).toBe(0);
    const answer = await fetch({ url: `http://localhost:${port}/` }, { granted: ['localhost'] });
    expect(bodyOf(answer)).toBe('1');
  });

  it('uses no proxy of the environment', async () => {
    const port = await servers.http((_, response) => response.end('direct'));
    const proxy = await servers.http((_, response) => response.end('proxy'));
    process.env.http_proxy = process.env.HTTP_PROXY = `http://127.0.0.1:${proxy}`;
    try {
      expect(bodyOf(await fetch({ url: `http://127.0.0.1:${port}/` }))).toBe('direct');
    } finally {
      delete process.env.http_proxy;
      delete process.env.HTTP_PROXY;
    }
  });

  it.each([
    ['gzip', gzipSync('packed')],
    ['br', brotliCompressSync('packed')],
    ['deflate', deflateSync('packed')],
    ['deflate', deflateRawSync('packed')],
    ['identity', Buffer.from('packed')],
  ])('unpacks %s', async (coding, bytes) => {
    const port = await servers.http((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bytes),
    );
    expect(bodyOf(await fetch({ url: `http://127.0.0.1:${port}/` }))).toBe('packed');
  });

  it('gives up what unpacks to more than 24 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const port = await servers.http((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(await refused(fetch({ url: `http://127.0.0.1:${port}/` }))).toBe('capabilities/too-large undefined');
  });

  it('says that an answer was cut short', async () => {
    const cut = gzipSync('x'.repeat(100_000)).subarray(0, 60);
    const port = await servers.tcp((socket) => {
      socket.once('data', () => {
        const head = `HTTP/1.1 200 OK\r\nContent-Length: 500\r\n`;
        socket.write(`${head}Content-Encoding: gzip\r\n\r\n`);
        socket.end(cut);
      });
    });
    expect(await refused(fetch({ url: `http://127.0.0.1:${port}/` }))).toMatch(/^capabilities\/failed /);
    const broken = await servers.http((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    );
    expect(await refused(fetch({ url: `http://127.0.0.1:${broken}/` }))).toBe('capabilities/failed Z_DATA_ERROR');
  });

  it('follows a redirect only where its own host is granted, and tells other hosts no secrets', async () => {
    const seen: unknown[] = [];
    const second = await servers.http((request, response) => {
      seen.push([request.method, request.headers.authorization, request.headers['content-type']]);
      response.end('second');
    });
    const first = await servers.http((_, response) =>
      response.writeHead(302, { location: `http://localhost:${second}/next` }).end(),
    );
    const params = {
      url: `http://127.0.0.1:${first}/`,
      method: 'POST',
      headers: { Authorization: 'Bearer s', 'Content-Type': 'text/plain' },
      body: Buffer.from('x').toString('base64'),
    };
    expect(await refused(fetch(params))).toBe('capabilities/denied test');
    expect(seen).toEqual([]);
    const answer = await fetch(params, { granted: ['127.0.0.1', 'localhost'] });
    expect(answer).toMatchObject({ url: `http://localhost:${second}/next`, redirected: true });
    expect(seen).toEqual([['GET', undefined, undefined]]);
    expect(await fetch({ ...params, redirect: 'manual' })).toMatchObject({ status: 302, redirected: false });
    expect(await refused(fetch({ ...params, redirect: 'error' }))).toBe('capabilities/failed REDIRECT');
  });

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x', 'http://user:word@127.0.0.1/'])(
    'does not follow a redirect to %s',
    async (location) => {
      const port = await servers.http((_, response) => response.writeHead(301, { location }).end());
      expect(await refused(fetch({ url: `http://127.0.0.1:${port}/` }))).toBe('capabilities/invalid url');
      expect(await refused(fetch({ url: location }))).toBe('capabilities/invalid url');
    },
  );

  it('goes round in circles only so often', async () => {
    let asked = 0;
    const port = await servers.http((_, response) => {
      asked++;
      response.writeHead(307, { location: '/' }).end();
    });
    expect(await refused(fetch({ url: `http://127.0.0.1:${port}/` }))).toBe('capabilities/failed REDIRECT');
    expect(asked).toBe(21);
  });

  it.each<Partial<OperationParams<'http-fetch'>>>([
    { headers: { Host: 'other.example' } },
    { headers: { 'Transfer-Encoding': 'chunked' } },
    { headers: { 'x-a': 'b\r\nHost: other.example' } },
    { headers: { 'x a': 'b' } },
    { headers: { 'x-a': 'y'.repeat(40_000) } },
    { method: 'CONNECT' },
    { method: 'GET / HTTP/1.1\r\nx' },
    { method: 'GET', body: '' },
  ])('sends no %o', async (part) => {
    expect(await refused(fetch({ url: 'http://127.0.0.1:1/', ...part }))).toMatch(/^capabilities\/invalid /);
  });

  it('gives up after its time', async () => {
    const port = await servers.http(() => undefined);
    const params = { url: `http://127.0.0.1:${port}/`, timeoutMs: 50 };
    expect(await refused(fetch(params))).toBe('capabilities/timeout undefined');
  });

  it('stops when the plugin does, and says what kept it from an answer', async () => {
    const stop = new AbortController();
    const port = await servers.http(() => stop.abort());
    expect(await refused(fetch({ url: `http://127.0.0.1:${port}/` }, { signal: stop.signal }))).toMatch(/ABORT/);
    const closed = await servers.tcp((socket) => socket.destroy());
    expect(await refused(fetch({ url: `http://127.0.0.1:${closed}/` }))).toBe('capabilities/failed ECONNRESET');
    expect(await refused(fetch({ url: 'http://127.0.0.1:1/' }))).toBe('capabilities/failed ECONNREFUSED');
    const plain = await servers.http((_, response) => response.end());
    expect(await refused(fetch({ url: `https://127.0.0.1:${plain}/` }))).toMatch(/^capabilities\/failed /);
  });
});
