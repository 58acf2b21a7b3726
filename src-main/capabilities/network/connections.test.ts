import { createSocket } from 'node:dgram';
import { isStudioError } from '@shared/errors';
import { afterEach, describe, expect, it } from 'vitest';
import { outOfReach } from '../refusals';
import { createConnections } from './connections';
import type { NetworkGate } from './open-target';
import { localServers } from './servers.fixture';

const servers = localServers();
const connections = createConnections(async () => [{ address: '127.0.0.1' }]);
afterEach(() => {
  for (const handle of opened.splice(0)) {
    try {
      connections.close({ handle });
    } catch (error) {
      expect(isStudioError(error, 'capabilities/invalid')).toBe(true);
    }
  }
});
const opened: number[] = [];

const open: NetworkGate = { authorize: async () => undefined, coversAddress: () => true };
const host = '127.0.0.1';

const connectTo = async (port: number) => {
  const { handle, address } = await connections.open({ host, port }, open);
  opened.push(handle);
  return { handle, address };
};

const textOf = (answer: { base64: string } | null) =>
  answer === null ? null : Buffer.from(answer.base64, 'base64').toString();
const base64 = (text: string) => Buffer.from(text).toString('base64');

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isStudioError(error) ? `${error.code} ${String(error.data.reason)}` : String(error)),
  );

describe('a connection of a plugin', () => {
  it('writes, reads and hears the end', async () => {
    const port = await servers.tcp((socket) => {
      socket.write('hello');
      socket.on('data', (bytes) => socket.end(bytes.toString().toUpperCase()));
    });
    const { handle, address } = await connectTo(port);
    expect(address).toBe('127.0.0.1');
    expect(textOf(await connections.read({ handle }))).toBe('hello');
    await connections.write({ handle, base64: base64('shout') });
    expect(textOf(await connections.read({ handle }))).toBe('SHOUT');
    expect(await connections.read({ handle })).toBeNull();
    expect(await connections.read({ handle })).toBeNull();
  });

  it('leaves with the sender what the plugin does not read', async () => {
    let sent = 0;
    let stuck = () => {};
    const isStuck = new Promise<void>((resolve) => {
      stuck = resolve;
    });
    const port = await servers.tcp((socket) => {
      const chunk = Buffer.alloc(64 * 1024);
      const push = () => {
        while (socket.writableLength < 8 * 1024 * 1024) {
          sent += chunk.length;
          socket.write(chunk);
        }
        stuck();
      };
      push();
    });
    const { handle } = await connectTo(port);
    await isStuck;
    const first = await connections.read({ handle });
    expect(Buffer.from(first?.base64 ?? '', 'base64').length).toBeLessThanOrEqual(1024 * 1024);
    let received = Buffer.from(first?.base64 ?? '', 'base64').length;
    while (received < sent) {
      const next = await connections.read({ handle });
      received += Buffer.from(next?.base64 ?? '', 'base64').length;
    }
    expect(received).toBe(sent);
  });

  it('that was closed goes with the plugin, also where nobody reads what it wrote', async () => {
    const port = await servers.tcp((socket) => socket.pause());
    const own = createConnections(async () => []);
    const { handle } = await own.open({ host, port }, open);
    const written = own.write({ handle, base64: base64('x'.repeat(20_000_000)) });
    own.close({ handle });
    own.closeAll();
    await written;
  });

  it('answers reads in the order of asking, each with its own time', async () => {
    const port = await servers.tcp((socket) => {
      socket.on('data', () => socket.write('pong'));
    });
    const { handle } = await connectTo(port);
    expect(await refused(connections.read({ handle, timeoutMs: 20 }))).toBe('capabilities/timeout undefined');
    const first = connections.read({ handle });
    const second = connections.read({ handle });
    await connections.write({ handle, base64: base64('ping') });
    expect(textOf(await first)).toBe('pong');
    await connections.write({ handle, base64: base64('ping') });
    expect(textOf(await second)).toBe('pong');
  });

  it('says why there is none, or none any more', async () => {
    expect(await refused(connections.open({ host, port: 1 }, open))).toBe('capabilities/failed ECONNREFUSED');
    expect(await refused(connections.read({ handle: 999 }))).toBe('capabilities/invalid handle');
    const port = await servers.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const { handle } = await connectTo(port);
    await connections.write({ handle, base64: base64('x') });
    expect(await refused(connections.read({ handle }))).toBe('capabilities/failed ECONNRESET');
    const plain = await servers.tcp((socket) => socket.end('no TLS'));
    expect(await refused(connections.open({ host, port: plain, tls: true }, open))).toMatch(/^capabilities\/failed /);
    const silent = await servers.tcp(() => undefined);
    expect(await refused(connections.open({ host, port: silent, tls: true, timeoutMs: 50 }, open))).toBe(
      'capabilities/timeout undefined',
    );
  });

  it('is opened only where it was granted', async () => {
    const closed: NetworkGate = {
      authorize: async () => {
        throw outOfReach('not granted', 'test');
      },
      coversAddress: () => false,
    };
    let reached = 0;
    const port = await servers.tcp(() => reached++);
    expect(await refused(connections.open({ host, port }, closed))).toBe('capabilities/denied test');
    expect(await refused(connections.sendDatagram({ host, port, base64: '' }, closed))).toBe(
      'capabilities/denied test',
    );
    const named: NetworkGate = { authorize: async () => undefined, coversAddress: () => false };
    expect(await refused(connections.open({ host: 'rebind.example', port }, named))).toBe(
      'capabilities/denied rebinding',
    );
    expect(reached).toBe(0);
  });

  it('is one of 256 at most, and all are closed with the plugin', async () => {
    const own = createConnections(async () => []);
    let alive = 0;
    let allGone = () => {};
    const gone = new Promise<void>((resolve) => {
      allGone = resolve;
    });
    const port = await servers.tcp((socket) => {
      alive++;
      socket.resume().on('close', () => {
        alive--;
        if (alive === 0) allGone();
      });
    });
    const all = await Promise.allSettled(Array.from({ length: 260 }, () => own.open({ host, port }, open)));
    const failures = all.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failures).toHaveLength(4);
    expect(failures[0]).toMatchObject({ code: 'capabilities/too-large' });
    own.closeAll();
    await gone;
    expect(await refused(own.read({ handle: 1 }))).toBe('capabilities/invalid handle');
  });
});

describe('a datagram', () => {
  it('arrives, and has a largest size', async () => {
    const socket = createSocket('udp4');
    const heard = new Promise<string>((resolve) => {
      socket.on('message', (bytes) => resolve(bytes.toString()));
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    await connections.sendDatagram({ host, port: socket.address().port, base64: base64('syslog') }, open);
    expect(await heard).toBe('syslog');
    const large = Buffer.alloc(65_508).toString('base64');
    expect(await refused(connections.sendDatagram({ host, port: 9, base64: large }, open))).toMatch(/too-large/);
    socket.close();
  });
});
