/** The browser's door. */
import { createWirePort, type Port } from '@shared/rpc';

/** Resolves once the socket is open; rejects where the host refuses it or is not there. */
export function connectWebSocket(url: string, open = (address: string) => new WebSocket(address)): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = open(url);
    const port = createWirePort({ send: (text) => socket.send(text), close: () => socket.close() });
    socket.onmessage = ({ data }) => port.receive(data);
    socket.onopen = () => resolve(port);
    socket.onclose = () => {
      // After an open that resolved, this changes nothing.
      reject(new Error('The host refused the connection or is not running.'));
      port.lose();
    };
  });
}
