/** Names the content of a file, so that whoever edits it can tell whether it is still what they read. */
import { createHash } from 'node:crypto';

/** Equal for a text and its UTF-8 bytes; changes whenever a byte does. */
export const versionOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** The same for bytes that come in pieces. */
export async function versionOfStream(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
