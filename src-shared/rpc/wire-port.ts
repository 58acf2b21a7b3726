/**
 * A port over anything that carries text both ways. Frames are JSON on every real wire, so that a value means the
 * same whichever door it passes; what does not parse is handed on as it came, for the RPC to refuse by name.
 */
import type { Port } from './port';

export interface Wire {
  /** Only called while the wire is open. */
  send(text: string): void;
  /** Hangs up; the other side's port must hear of it. */
  close(): void;
}

export interface WirePort extends Port {
  /** The wire brought a message. */
  receive(message: unknown): void;
  /** The other side hung up, or the wire broke. */
  lose(): void;
}

function decode(message: unknown): unknown {
  if (typeof message !== 'string') return message;
  try {
    return JSON.parse(message) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return message;
    throw error;
  }
}

export function createWirePort(wire: Wire): WirePort {
  const waiting: unknown[] = [];
  const closeListeners: (() => void)[] = [];
  let deliver: ((frame: unknown) => void) | undefined;
  let closed = false;

  const finish = () => {
    closed = true;
    for (const listener of closeListeners.splice(0)) listener();
  };

  return {
    post(frame) {
      if (!closed) wire.send(JSON.stringify(frame));
    },
    receive(message) {
      if (closed) return;
      const frame = decode(message);
      if (deliver === undefined) waiting.push(frame);
      else deliver(frame);
    },
    onFrame(listener) {
      deliver = listener;
      for (const frame of waiting.splice(0)) listener(frame);
    },
    onClose(listener) {
      if (closed) listener();
      else closeListeners.push(listener);
    },
    close() {
      if (closed) return;
      wire.close();
      finish();
    },
    lose() {
      if (!closed) finish();
    },
  };
}
