/** Picks the door: the only place where the window asks which one it came through. */
import type { Port } from '@shared/rpc';
import { SOCKET_PATH } from '@shared/window-shell';
import { connectMessagePort } from './message-port';
import { nativeShell } from './native-shell';
import { connectWebSocket } from './web-socket';

export function connectHost(): Promise<Port> {
  if (nativeShell() !== undefined) return connectMessagePort();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return connectWebSocket(`${scheme}://${location.host}${SOCKET_PATH}`);
}
