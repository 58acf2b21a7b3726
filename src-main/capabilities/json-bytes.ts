/** How many bytes a plain value takes as JSON, without writing it. Binary data counts as the base64 that it becomes. */
import { textParts } from './text-parts';

/** What JSON writes as more than the character itself. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** A text is looked at in parts of so many characters, so that a long one needs no second one of its length. */
const PART = 32 * 1024;

function textBytes(text: string): number {
  let bytes = 2;
  for (const part of textParts(text, PART)) {
    bytes += ESCAPED.test(part) ? Buffer.byteLength(JSON.stringify(part)) - 2 : Buffer.byteLength(part);
  }
  return bytes;
}

const base64Bytes = (length: number) => Math.ceil(length / 3) * 4 + 14;

/** Numbers, true, false and null are counted as if they were as long as numbers can be. */
const OTHER = 24;

/** The value must have an end. */
export function jsonBytes(value: unknown): number {
  let bytes = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') bytes += textBytes(next);
    else if (next instanceof Uint8Array) bytes += base64Bytes(next.length);
    else if (Array.isArray(next)) {
      bytes += next.length + 2;
      for (const each of next) open.push(each);
    } else if (typeof next === 'object' && next !== null) {
      bytes += 2;
      for (const [name, each] of Object.entries(next)) {
        bytes += textBytes(name) + 2;
        open.push(each);
      }
    } else bytes += OTHER;
  }
  return bytes;
}
