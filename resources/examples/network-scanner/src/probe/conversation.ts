/** A few questions and answers over one connection, none of which may last or grow without bounds. */
import { type TcpConnection, TimeoutError } from 'mcp-plugin-sdk';

/** No service has to say more before it is known. */
const MOST_BYTES = 16_384;

export interface Conversation {
  /**
   * Reads until `isComplete` says so, the other side ends, nothing more comes in time, or it is too much.
   * @returns What came; empty where nothing did.
   */
  hear(isComplete?: (text: string) => boolean): Promise<string>;
  ask(question: string | Uint8Array, isComplete?: (text: string) => boolean): Promise<string>;
}

/** Texts have a character a byte, so that a protocol of bytes loses nothing. */
export function converse(connection: TcpConnection, timeoutMs: number): Conversation {
  const hear = async (isComplete: (text: string) => boolean = hasLine): Promise<string> => {
    const until = Date.now() + timeoutMs;
    let text = '';
    while (!isComplete(text) && text.length < MOST_BYTES) {
      const left = until - Date.now();
      const chunk = left <= 0 ? undefined : await connection.read(left).catch(nothing);
      if (chunk === undefined) break;
      text += toText(chunk);
    }
    return text.slice(0, MOST_BYTES);
  };
  return {
    hear,
    async ask(question, isComplete) {
      await connection.write(question);
      return hear(isComplete);
    },
  };
}

export const hasLine = (text: string): boolean => text.includes('\n');

function nothing(error: unknown): undefined {
  if (error instanceof TimeoutError) return undefined;
  throw error;
}

function toText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
