/** The calling side of the control door. */
import { createConnection } from 'node:net';
import { StudioError } from '@shared/errors';
import type { Port } from '@shared/rpc';
import { ADMITTED, GREETING_LIMIT, greetingOf } from './greeting';
import { createStreamPort } from './stream-port';
import { forgetMark, type StudioMark } from './studio-marks';

const ANSWER_WITHIN_MS = 5_000;

/**
 * Undefined where nobody listens there any more: what that studio left is then removed.
 * @throws StudioError control/refused, control/no-answer
 */
export async function connectStudio(dataFolder: string, mark: StudioMark): Promise<Port | undefined> {
  try {
    return await connect(mark);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ECONNREFUSED' && code !== 'ENOENT') throw error;
    // Another process has the id of one that was killed.
    await forgetMark(dataFolder, mark);
    return undefined;
  }
}

function connect({ address, token, pid }: StudioMark): Promise<Port> {
  const socket = createConnection(address);
  return new Promise((resolve, reject) => {
    let heard: Buffer = Buffer.alloc(0);
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(noAnswer(pid)), ANSWER_WITHIN_MS);
    const onClose = () => fail(refused(pid));
    const hear = (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      const end = heard.indexOf('\n');
      if (end === -1 && heard.length <= GREETING_LIMIT) return;
      if (heard.subarray(0, end).toString() !== ADMITTED) return fail(refused(pid));
      clearTimeout(timer);
      socket.off('data', hear).off('error', fail).off('close', onClose);
      resolve(createStreamPort(socket, heard.subarray(end + 1)));
    };
    socket.on('data', hear).on('error', fail).on('close', onClose);
    socket.on('connect', () => socket.write(`${greetingOf(token)}\n`));
  });
}

const refused = (pid: number) =>
  new StudioError(
    'control/refused',
    `The studio with process id ${pid} does not let this command line in. It is of another version: restart it.`,
    { data: { pid } },
  );

const noAnswer = (pid: number) =>
  new StudioError(
    'control/no-answer',
    `The studio with process id ${pid} does not answer. It may be busy: try again, or restart it.`,
    { data: { pid } },
  );
