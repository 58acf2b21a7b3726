/**
 * The door for the command line: a studio that runs, in the window or in the browser, listens on a local socket and
 * serves there what it serves its windows. Whoever comes in must first say the token of the studio's file, which only
 * the user may read; everything after that is checked as it is from a window.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { StudioError } from '@shared/errors';
import type { Dispose, Port } from '@shared/rpc';
import { ADMITTED, GREETING_LIMIT, greetingOf, REFUSED } from './greeting';
import { createStreamPort } from './stream-port';
import { choosePlace, leaveMark, type StudioMark } from './studio-marks';

export interface ControlDoorOptions {
  readonly studio: { connect(port: Port): Dispose };
  readonly dataFolder: string;
  readonly door: StudioMark['door'];
  readonly version: string;
  readonly onError: (error: unknown) => void;
  /** How long a caller may take to say who it is. */
  readonly greetWithinMs?: number;
}

export interface ControlDoor {
  /** Leaves no file. */
  close(): Promise<void>;
}

const GREET_WITHIN_MS = 2_000;

/** A studio that nobody can reach from the command line is one all the same: that is told to onError, and goes on. */
export async function openControlDoor(options: ControlDoorOptions): Promise<ControlDoor> {
  try {
    return await open(options);
  } catch (error) {
    options.onError(error);
    return { close: async () => undefined };
  }
}

/** @throws StudioError control/cannot-listen, and what the file system throws */
async function open(options: ControlDoorOptions): Promise<ControlDoor> {
  const { studio, dataFolder, door, version, greetWithinMs = GREET_WITHIN_MS } = options;
  const token = randomBytes(32).toString('base64url');
  const { address, remove } = await choosePlace(dataFolder);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    admit(socket, token, greetWithinMs, (rest) => studio.connect(createStreamPort(socket, rest)));
  });
  try {
    await listen(server, address);
  } catch (error) {
    remove();
    throw error;
  }
  const removeMark = leaveMark(dataFolder, { pid: process.pid, door, version, address, token });
  const removeFiles = () => {
    removeMark();
    remove();
  };
  // Also where the process ends without closing anything.
  process.once('exit', removeFiles);
  return {
    async close() {
      process.off('exit', removeFiles);
      removeFiles();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // For its whole life: a caller that cannot be let in later must not end the host.
    server.on('error', (cause) => {
      const message = `The command line cannot reach this studio: it cannot listen on ${address} (${cause.message}).`;
      reject(new StudioError('control/cannot-listen', message, { data: { address }, cause }));
    });
    server.listen(address, resolve);
  });
}

/** Reads the first line, and nothing more of it. */
function admit(socket: Socket, token: string, withinMs: number, open: (rest: Buffer) => void): void {
  const wanted = Buffer.from(greetingOf(token));
  let heard: Buffer = Buffer.alloc(0);
  const refuse = () => {
    clearTimeout(timer);
    socket.off('data', hear);
    socket.end(`${REFUSED}\n`);
    // One that goes on talking is not listened to.
    socket.resume();
  };
  const timer = setTimeout(refuse, withinMs);
  const hear = (bytes: Buffer) => {
    heard = Buffer.concat([heard, bytes]);
    const end = heard.indexOf('\n');
    if (end === -1) {
      if (heard.length > GREETING_LIMIT) refuse();
      return;
    }
    const said = heard.subarray(0, end);
    if (said.length !== wanted.length || !timingSafeEqual(said, wanted)) return refuse();
    clearTimeout(timer);
    socket.off('data', hear);
    socket.write(`${ADMITTED}\n`);
    open(heard.subarray(end + 1));
  };
  socket.on('data', hear);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(timer));
}
