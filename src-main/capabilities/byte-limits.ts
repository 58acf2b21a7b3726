/**
 * How much may travel between a plugin and the outside, in bytes: every figure of it, once. What is refused is told
 * with the figure and what to do instead.
 */
import { VALUE_LIMIT } from '@shared/contracts/runner-limits';
import { jsonBytes } from './json-bytes';
import { tooLarge } from './refusals';

const MEGABYTE = 1024 * 1024;

/** One file, body, write or datagram: as base64 in JSON it still fits into a message. */
export const PIECE_BYTES = 24 * MEGABYTE;

/** What one operation is asked with, and what it answers, as JSON. */
export const MESSAGE_BYTES = VALUE_LIMIT;

/** The rows of one query, as JSON. */
export const ROWS_BYTES = 18 * MEGABYTE;

/** The answers to HTTP requests that are being read at the same time. */
export const BODIES_BYTES = 48 * MEGABYTE;

/** What was written to a connection and is not sent. */
export const UNSENT_BYTES = 24 * MEGABYTE;

/** What a plugin asked for and is not done yet. */
export const PENDING_BYTES = 96 * MEGABYTE;

export const inMegabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(1)} MB`;

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** @param what begins the sentence where there is too much. */
export function fromBase64(base64: string, what: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length <= PIECE_BYTES) return bytes;
  throw tooLarge(`${what} has ${inMegabytes(bytes.length)}; ${inMegabytes(PIECE_BYTES)} can go at once. Split it.`);
}

/** @throws StudioError capabilities/too-large. @returns how much it is. */
export function checkRequestBytes(operation: string, args: unknown): number {
  const bytes = jsonBytes(args);
  if (bytes <= MESSAGE_BYTES) return bytes;
  throw tooLarge(
    `${operation} was asked with ${inMegabytes(bytes)}; ${inMegabytes(MESSAGE_BYTES)} can go at once. Ask in parts.`,
  );
}

/** @throws StudioError capabilities/too-large */
export function checkAnswerBytes(operation: string, result: unknown): void {
  const bytes = jsonBytes(result);
  if (bytes <= MESSAGE_BYTES) return;
  throw tooLarge(
    `The answer to ${operation} has ${inMegabytes(bytes)}; ${inMegabytes(MESSAGE_BYTES)} can go to a plugin at once. Ask for less at a time.`,
  );
}
