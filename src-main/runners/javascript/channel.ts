/**
 * The messages to and from the host, in order. What is said within one turn travels together; the first few messages
 * of a turn leave at once, so that the last words before an endless loop are heard.
 */
import { Socket } from 'node:net';
import { CHANNEL_FD } from '@shared/contracts/runner-limits';
import type { RunnerMessage } from '@shared/contracts/runner-protocol';

export interface Channel {
  send(message: RunnerMessage): void;
  /** Takes the one listener; it gets parsed JSON that nobody has checked yet. */
  onMessage(listener: (message: unknown) => void): void;
}

const BATCH = 100;
const AT_ONCE = 20;

export function openChannel(): Channel {
  const socket = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
  socket.setEncoding('utf8');
  // The host is gone; the watchdog sees to the rest.
  socket.on('error', () => socket.destroy());

  let waiting: string[] = [];
  let sentThisTurn = 0;
  let turnEnds = false;

  const flush = () => {
    if (waiting.length === 0) return;
    const line = waiting.length === 1 ? waiting[0] : `[${waiting.join(',')}]`;
    waiting = [];
    socket.write(`${line}\n`);
  };

  const endTurn = () => {
    turnEnds = false;
    sentThisTurn = 0;
    flush();
  };

  return {
    send(message) {
      waiting.push(JSON.stringify(message));
      sentThisTurn++;
      if (sentThisTurn <= AT_ONCE || waiting.length >= BATCH) flush();
      if (turnEnds) return;
      turnEnds = true;
      setImmediate(endTurn);
    },
    onMessage(listener) {
      let rest = '';
      const parts: string[] = [];
      socket.on('data', (chunk: string) => {
        let start = 0;
        for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
          parts.push(chunk.slice(start, end));
          rest = parts.join('');
          parts.length = 0;
          start = end + 1;
          const value: unknown = JSON.parse(rest);
          for (const message of Array.isArray(value) ? value : [value]) listener(message);
        }
        if (start < chunk.length) parts.push(chunk.slice(start));
      });
    },
  };
}
