import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePort } from '@shared/rpc/port-conformance';
import { createStreamPort } from './stream-port';

describePort('a local socket', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-port-'));
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\studio-port-${process.pid}` : join(folder, 's');
  const arrived: { take?: (socket: Socket) => void } = {};
  const server = createServer((socket) => arrived.take?.(socket));
  const far = new Promise<Socket>((resolve) => {
    arrived.take = resolve;
  });
  await new Promise<void>((resolve) => server.listen(address, resolve));
  const near = createConnection(address);
  const accepted = await far;
  return {
    near: createStreamPort(near),
    far: createStreamPort(accepted),
    async dispose() {
      near.destroy();
      accepted.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
});
