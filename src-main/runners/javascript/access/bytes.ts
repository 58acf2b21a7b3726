/**
 * Bytes between plugin and host. What a plugin gets is a Uint8Array with a buffer of its own: Node's Buffers share
 * one, and bring Node's classes with them.
 */
class ContentError extends TypeError {
  override readonly name = 'ValidationError';
}

export function bytesFrom(base64: string): Uint8Array {
  const pooled = Buffer.from(base64, 'base64');
  const own = new Uint8Array(pooled.length);
  own.set(pooled);
  return own;
}

/** @param what begins the sentence where it is neither text nor bytes. */
export function base64Of(content: unknown, what: string): string {
  if (typeof content === 'string') return Buffer.from(content, 'utf8').toString('base64');
  if (ArrayBuffer.isView(content)) {
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
  }
  throw new ContentError(`${what} must be a string or a Uint8Array.`);
}

export const textFrom = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
