/** How much may travel between a plugin and the outside in one piece. */
import { tooLarge } from './refusals';

const MEGABYTE = 1024 * 1024;

/** Bytes of one file, body or row set: as base64 in JSON they still fit the limit of a message. */
export const PIECE_BYTES = 24 * MEGABYTE;

export const inMegabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(1)} MB`;

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** @param what begins the sentence where there is too much. */
export function fromBase64(base64: string, what: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length <= PIECE_BYTES) return bytes;
  throw tooLarge(`${what} has ${inMegabytes(bytes.length)}; ${inMegabytes(PIECE_BYTES)} can go at once. Split it.`);
}
