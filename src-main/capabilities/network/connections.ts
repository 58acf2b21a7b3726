/**
 * TCP connections of one plugin, by number, and datagrams. The host reads only what the plugin asks for: what it does
 * not read stays with the sender. Whatever is open is closed with the plugin.
 */
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import { fromBase64, inMegabytes, toBase64, UNSENT_BYTES } from '../byte-limits';
import { failed, failedBecause, invalid, timedOut, tooLarge } from '../refusals';
import type { Address } from './address';
import type { NetworkTarget } from './host-grant';
import { pinnedTo } from './http-request';
import { type Lookup, type NetworkGate, openTarget } from './open-target';

const CONNECT_TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 256;
const LARGEST_DATAGRAM = 65_507;

export interface Connections {
  open(params: OperationParams<'tcp-open'>, gate: NetworkGate): Promise<OperationResult<'tcp-open'>>;
  read(params: OperationParams<'tcp-read'>): Promise<OperationResult<'tcp-read'>>;
  write(params: OperationParams<'tcp-write'>): Promise<null>;
  close(params: OperationParams<'tcp-close'>): null;
  /** Where it leads. @throws StudioError capabilities/invalid where there is none. */
  targetOf(handle: number): NetworkTarget;
  sendDatagram(params: OperationParams<'udp-send'>, gate: NetworkGate): Promise<null>;
  closeAll(): void;
}

interface Connection {
  readonly socket: Socket;
  readonly target: NetworkTarget;
  readonly name: string;
  /** What it ended with, if with a failure. */
  error?: Error;
  /** One read after the other. */
  reading: Promise<unknown>;
}

export function createConnections(lookup: Lookup): Connections {
  const open = new Map<number, Connection>();
  const opening = new Set<Socket>();
  /** The plugin has done with them, and what it wrote is still being sent: for ever, where nobody reads it. */
  const closing = new Set<Socket>();
  let pending = 0;
  let lastHandle = 0;
  let closed = false;

  const connectionOf = (handle: number): Connection => {
    const connection = open.get(handle);
    if (connection !== undefined) return connection;
    throw invalid(`There is no open connection ${handle}: it was closed, or never opened.`, 'handle');
  };

  const adopt = (socket: Socket, target: NetworkTarget, name: string): number => {
    const handle = ++lastHandle;
    const connection: Connection = { socket, target, name, reading: Promise.resolve() };
    socket.on('error', (error) => {
      connection.error = error;
    });
    open.set(handle, connection);
    return handle;
  };

  const connectTo = async (
    { host, port, tls, timeoutMs = CONNECT_TIMEOUT_MS }: OperationParams<'tcp-open'>,
    gate: NetworkGate,
  ) => {
    const target = await openTarget(host, port, gate, lookup);
    if (closed) throw failed('The plugin is being stopped.', 'ECANCELED');
    const name = `${target.host}:${port}`;
    const socket = startConnecting(target, tls === true);
    opening.add(socket);
    try {
      await connected(socket, tls === true ? 'secureConnect' : 'connect', name, timeoutMs);
    } finally {
      opening.delete(socket);
    }
    return { handle: adopt(socket, target, name), address: socket.remoteAddress ?? target.host };
  };

  return {
    async open(params, gate) {
      if (open.size + pending >= MOST_CONNECTIONS) {
        throw tooLarge(`This plugin has ${MOST_CONNECTIONS} connections, and may have no more. Close some first.`);
      }
      pending++;
      return connectTo(params, gate).finally(() => {
        pending--;
      });
    },
    async read({ handle, timeoutMs }) {
      const connection = connectionOf(handle);
      const next = connection.reading.then(() => readNext(connection, timeoutMs));
      connection.reading = next.catch(() => undefined);
      return next;
    },
    async write({ handle, base64 }) {
      const { socket, name } = connectionOf(handle);
      const bytes = fromBase64(base64, 'The content');
      if (socket.writableLength + bytes.length > UNSENT_BYTES) {
        throw tooLarge(
          `${name} does not take what was written before, and at most ${inMegabytes(UNSENT_BYTES)} may wait. Await write() before the next.`,
        );
      }
      await new Promise<void>((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(failedBecause(`Writing to ${name}`, error)) : resolve()));
      });
      return null;
    },
    targetOf: (handle) => connectionOf(handle).target,
    close({ handle }) {
      const { socket } = connectionOf(handle);
      open.delete(handle);
      if (!socket.closed) closing.add(socket);
      socket.once('close', () => closing.delete(socket));
      socket.destroySoon();
      return null;
    },
    async sendDatagram({ host, port, base64 }, gate) {
      const bytes = fromBase64(base64, 'The datagram');
      if (bytes.length > LARGEST_DATAGRAM)
        throw tooLarge(`A datagram has at most ${LARGEST_DATAGRAM} bytes. Send several.`);
      const { addresses, host: name } = await openTarget(host, port, gate, lookup);
      await sendTo(addresses[0] as Address, port, bytes).catch((error: unknown) => {
        throw failedBecause(`Sending to ${name}:${port}`, error);
      });
      return null;
    },
    closeAll() {
      closed = true;
      for (const socket of [...opening, ...closing]) socket.destroy();
      for (const { socket } of open.values()) socket.destroy();
      open.clear();
    },
  };
}

function startConnecting({ host, port, addresses }: Awaited<ReturnType<typeof openTarget>>, tls: boolean): Socket {
  const options = { host, port, lookup: pinnedTo(addresses), autoSelectFamily: true };
  if (!tls) return connect(options);
  const isName = addresses[0]?.text !== host;
  return connectTls({ ...options, rejectUnauthorized: true, ...(isName ? { servername: host } : {}) });
}

async function connected(socket: Socket, event: string, name: string, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(`Connecting to ${name}`, timeoutMs)), timeoutMs);
      socket.once(event, resolve).once('error', reject);
      socket.once('close', () => reject(failed(`Connecting to ${name} was given up.`, 'ECANCELED')));
    });
  } catch (error) {
    socket.destroy();
    throw failedBecause(`Connecting to ${name}`, error);
  } finally {
    clearTimeout(timer);
  }
}

async function readNext(connection: Connection, timeoutMs: number | undefined) {
  const { socket, name } = connection;
  const until = timeoutMs === undefined ? undefined : performance.now() + timeoutMs;
  for (;;) {
    const chunk = socket.read() as Buffer | null;
    if (chunk !== null) return { base64: toBase64(chunk) };
    if (connection.error !== undefined) throw failedBecause(`Reading from ${name}`, connection.error);
    if (socket.readableEnded || socket.destroyed) return null;
    await changed(socket, until === undefined ? undefined : until - performance.now(), () =>
      timedOut(`Reading from ${name}`, timeoutMs ?? 0),
    );
  }
}

const CHANGES = ['readable', 'end', 'close'] as const;

/** Resolves when there may be something to read, or never will be. */
function changed(socket: Socket, leftMs: number | undefined, onTimeout: () => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => () => {
      clearTimeout(timer);
      for (const name of CHANGES) socket.off(name, onChange);
      then();
    };
    const onChange = settle(resolve);
    const timer =
      leftMs === undefined
        ? undefined
        : setTimeout(
            settle(() => reject(onTimeout())),
            Math.max(0, leftMs),
          );
    for (const name of CHANGES) socket.on(name, onChange);
  });
}

function sendTo({ family, text }: Address, port: number, bytes: Buffer): Promise<void> {
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  return new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.send(bytes, port, text, (error) => (error ? reject(error) : resolve()));
  }).finally(() => socket.close());
}
