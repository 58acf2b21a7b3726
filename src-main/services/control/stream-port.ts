/** A port over a local socket: a frame a line, as JSON, which has no line ends of its own. */
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { createWirePort, type Port } from '@shared/rpc';

const LARGEST_FRAME = 64 * 1024 * 1024;

/**
 * @param socket that nobody else reads any more.
 * @param begun what was read of it already, and belongs to the first frame.
 */
export function createStreamPort(socket: Socket, begun?: Buffer): Port {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  const port = createWirePort({
    send: (text) => void socket.write(`${text}\n`),
    close: () => void socket.end(),
  });

  const hear = (text: string) => {
    const [head = '', ...lines] = text.split('\n');
    parts.push(head);
    length += head.length;
    for (const line of lines) {
      const frame = parts.join('');
      parts = [line];
      length = line.length;
      port.receive(frame);
    }
    // Whoever says that much without an end is not one of ours.
    if (length > LARGEST_FRAME) socket.destroy();
  };

  socket.on('data', (bytes: Buffer) => hear(decoder.write(bytes)));
  // The other side hung up: what it wants to hear goes nowhere.
  socket.on('end', () => socket.end());
  socket.on('close', () => port.lose());
  // A socket that breaks is closed next, and that is what counts.
  socket.on('error', () => port.lose());
  if (begun !== undefined && begun.length > 0) hear(decoder.write(begun));
  return port;
}
