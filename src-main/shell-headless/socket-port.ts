/** The host's end of a browser's WebSocket; the other is in src-renderer/client/ports. */
import { createWirePort, type Port } from '@shared/rpc';
import type { WebSocket } from 'ws';

export function createSocketPort(socket: WebSocket): Port {
  const port = createWirePort({
    send: (text) => socket.send(text),
    close: () => socket.close(),
  });
  socket.on('message', (data, isBinary) => port.receive(isBinary ? undefined : data.toString()));
  socket.on('close', () => port.lose());
  // A socket that breaks is closed next, and that is what counts.
  socket.on('error', () => port.lose());
  return port;
}
