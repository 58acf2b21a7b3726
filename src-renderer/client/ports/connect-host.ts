/** Picks the door: the only place where the window asks which one it came through. */
import { StudioError } from '@shared/errors';
import type { Port } from '@shared/rpc';
import { SOCKET_PATH } from '@shared/window-shell';
import { connectMessagePort } from './message-port';
import { nativeShell } from './native-shell';
import { connectWebSocket } from './web-socket';

/** @throws StudioError client/session-ended where a browser's studio is there and does not know this window. */
export async function connectHost(): Promise<Port> {
  if (nativeShell() !== undefined) return connectMessagePort();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  try {
    return await connectWebSocket(`${scheme}://${location.host}${SOCKET_PATH}`);
  } catch (error) {
    throw (await isRefused()) ? sessionEnded(error) : error;
  }
}

/** A socket does not say why it was refused; a file does. */
const isRefused = () =>
  fetch('/').then(
    ({ status }) => status === 403,
    () => false,
  );

const sessionEnded = (cause: unknown) =>
  new StudioError(
    'client/session-ended',
    'The studio was started again, or this window was not used for a day. Open a new link of the studio in this ' +
      'browser; this window then goes on.',
    { cause },
  );
