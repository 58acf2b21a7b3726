/** Addresses and ranges of IPv4 and IPv6 as bits, so that one spelling of an address equals another. */

/** 0 and 1 as text, 32 or 128 of them: a prefix of it is a range. */
export type AddressBits = string;

/** @returns undefined where the text is no address. */
export function parseAddress(text: string): AddressBits | undefined {
  return text.includes(':') ? parseVersion6(text) : parseVersion4(text);
}

/** @returns The bits that all addresses of the range begin with; an address alone is a range of one. */
export function parseRange(text: string): AddressBits | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const bits = parseAddress(address);
  if (bits === undefined || rest.length > 0) return undefined;
  if (length === undefined) return bits;
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits.length) return undefined;
  return bits.slice(0, Number(length));
}

/** The one spelling that is shown and compared. */
export function formatAddress(bits: AddressBits): string {
  if (bits.length === 32)
    return chunks(bits, 8)
      .map((part) => Number.parseInt(part, 2))
      .join('.');
  const groups = chunks(bits, 16).map((part) => Number.parseInt(part, 2).toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function parseVersion4(text: string): AddressBits | undefined {
  const parts = text.split('.');
  // 010 is 8 for some and 10 for others: a number with a leading zero is none.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.map((part) => toBits(Number(part), 8)).join('');
}

function parseVersion6(text: string): AddressBits | undefined {
  const halves = expandVersion4Tail(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const bits = groups.map((group) => toBits(Number.parseInt(group, 16), 16)).join('');
  // ::ffff:192.0.2.1 is the address 192.0.2.1, however it is written.
  return bits.startsWith(MAPPED) ? bits.slice(MAPPED.length) : bits;
}

const MAPPED = `${'0'.repeat(80)}${'1'.repeat(16)}`;

function expandVersion4Tail(text: string): string | undefined {
  const at = text.lastIndexOf(':') + 1;
  const tail = text.slice(at);
  if (!tail.includes('.')) return text;
  const bits = parseVersion4(tail);
  if (bits === undefined) return undefined;
  return (
    text.slice(0, at) +
    chunks(bits, 16)
      .map((part) => Number.parseInt(part, 2).toString(16))
      .join(':')
  );
}

const toBits = (value: number, length: number): string => value.toString(2).padStart(length, '0');

function chunks(bits: string, size: number): string[] {
  return Array.from({ length: bits.length / size }, (_, index) => bits.slice(index * size, (index + 1) * size));
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === '0') end++;
    if (end - start > best.length) best = { start, length: end - start };
    if (end > start) start = end;
  }
  return best;
}
