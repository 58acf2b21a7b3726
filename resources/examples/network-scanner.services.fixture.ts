/** Services for the example scanner to find: real servers on 127.0.0.1 that say what such services say. */
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Of nobody: signed by itself, for localhost and 127.0.0.1. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUNc7l4802KM+RY8qCcPnZbMI7WGQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE4Mjc0N1oYDzIxMjYxMDI5
MTgyNzQ3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARCxrbRIBNi4jhsf38OLt7BfalQq9pPLk5Hpahr54gIEXq/Ow8P3Zvc
1hyfejMfQ1u+THdW6tI93K5R/kN3+d/Ko28wbTAdBgNVHQ4EFgQUzI8XuZopxxIh
ktqKjiLS8ExJfZwwHwYDVR0jBBgwFoAUzI8XuZopxxIhktqKjiLS8ExJfZwwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgEfw/lFZ+HhTgG5jc60DCqDYty3qX8Qx0jMq5VWlG+ykCIQD8
OXUREistqoRY6ExKx7QiyQSJZ3hGiDcJcaJNkUo0fg==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgG79Xrd/Nu5OFSl+m
tTfI3EyiuobrKzk45ESsBxj3P/6hRANCAARCxrbRIBNi4jhsf38OLt7BfalQq9pP
Lk5Hpahr54gIEXq/Ow8P3Zvc1hyfejMfQ1u+THdW6tI93K5R/kN3+d/K
-----END PRIVATE KEY-----`;

async function listen(server: Server | HttpServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** @returns The port. */
export const startTcp = (onConnect: (socket: Socket) => void): Promise<number> => listen(createServer(onConnect));

export const startHttp = (listener: RequestListener): Promise<number> => listen(createHttpServer(listener));

export const startHttps = (listener: RequestListener): Promise<number> =>
  listen(createHttpsServer({ cert: CERTIFICATE, key: KEY }, listener));

/** Says something at once, then answers as the table says: the first pattern that fits. */
export const startTalker = (greeting: string | Uint8Array, answers: readonly (readonly [RegExp, string])[] = []) =>
  startTcp((socket) => {
    if (greeting.length > 0) socket.write(greeting);
    socket.on('data', (data) => {
      const said = data.toString('latin1');
      const answer = answers.find(([pattern]) => pattern.test(said))?.[1];
      if (answer !== undefined) socket.write(answer, 'latin1');
    });
  });

/** @param password Wants one. */
export const startRedis = ({ password = false, version = '7.0.11' } = {}) =>
  startTalker('', [
    [/^PING/, password ? '-NOAUTH Authentication required.\r\n' : '+PONG\r\n'],
    [/^INFO/, `$99\r\n# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n`],
    [
      /^HEAD/,
      password
        ? '-NOAUTH Authentication required.\r\n'
        : "-ERR unknown command 'HEAD', with args beginning with: '/'\r\n",
    ],
  ]);

/** A greeting of MySQL: a packet of protocol 10 with the version. */
export function mysqlGreeting(version: string): Uint8Array {
  const body = Buffer.concat([Buffer.from([10]), Buffer.from(`${version}\0`), Buffer.alloc(40, 1)]);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
}

/** Answers OP_MSG as MongoDB does; lists its databases to strangers unless it wants to know who they are. */
export const startMongodb = ({ authentication = false } = {}) =>
  startTcp((socket) => {
    socket.on('data', (data) => {
      if (data.includes('listDatabases')) {
        socket.write(
          opMsg(authentication ? 'errmsg\0Command requires authentication' : 'databases\0admin\0totalSize\0'),
        );
      } else if (data.includes('hello')) socket.write(opMsg('maxWireVersion\0\x15\0\0\0isWritablePrimary\0'));
      // Anything else is no message of the protocol.
      else socket.destroy();
    });
  });

function opMsg(content: string): Buffer {
  const body = Buffer.from(content, 'latin1');
  const head = Buffer.alloc(16);
  head.writeInt32LE(head.length + body.length);
  return Buffer.concat([head, body]);
}

/** Answers the first message of TLS: chooses this version, or refuses with an alert. */
export const startTls = (version: 1 | 2 | 3 | 'alert') =>
  startTcp((socket) => {
    socket.once('data', (data) => {
      if (data[0] !== 22) socket.destroy();
      else if (version === 'alert') socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 70]));
      else socket.write(Buffer.from([22, 3, version, 0, 42, 2, 0, 0, 38, 3, version, ...Array<number>(36).fill(0)]));
    });
  });

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}
