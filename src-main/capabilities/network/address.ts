/**
 * IP addresses and networks as numbers, however they are written. An IPv4 address that is wrapped in an IPv6 one (as
 * IPv4-mapped, NAT64 or 6to4) is that IPv4 address, since that is where it leads.
 */
import { BlockList, isIP } from 'node:net';

export interface Address {
  readonly family: 4 | 6;
  /** As the system writes it, without brackets. */
  readonly text: string;
}

/** As WHATWG URLs read hosts: 0x7f.1, 2130706433 and 0177.0.0.1 are 127.0.0.1. Undefined for no host at all. */
export function canonicalHost(host: string): string | undefined {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  // What a URL would read as more than a host.
  if (/[/?#@\\\s]/.test(bracketed) || bracketed === '') return undefined;
  try {
    const { hostname, port } = new URL(`http://${bracketed}/`);
    return port === '' ? hostname.replace(/\.$/, '') : undefined;
  } catch {
    return undefined;
  }
}

/** The address that a canonical host is, or undefined where it is a name. A zone (%eth0) is none. */
export function addressOf(host: string): Address | undefined {
  const text = host.replace(/^\[(.*)\]$/, '$1');
  if (text.includes('%')) return undefined;
  const family = isIP(text);
  if (family === 4) return { family: 4, text };
  return family === 6 ? unwrapped(text) : undefined;
}

/** The 8 groups of an IPv6 address. */
function groupsOf(text: string): number[] {
  // A URL writes a dotted end as two groups.
  const plain = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [numbers(head), numbers(tail ?? '')];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const dotted = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.');

function unwrapped(text: string): Address {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groupsOf(text);
  const isZero = (a | b | c | d | e) === 0;
  const isMapped = isZero && (f === 0xffff || (f === 0 && g !== 0));
  const isTranslated = a === 0x64 && b === 0xff9b && (c | d | e | f) === 0;
  if (isMapped || isTranslated) return { family: 4, text: dotted(g, h) };
  if (a === 0x2002) return { family: 4, text: dotted(b, c) };
  return { family: 6, text: new URL(`http://[${text}]/`).hostname.slice(1, -1) };
}

const listOf = (networks: readonly (readonly [string, number])[]) => {
  const list = new BlockList();
  for (const [net, prefix] of networks) list.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4');
  return list;
};

const contains = (list: BlockList, { text, family }: Address) => list.check(text, family === 4 ? 'ipv4' : 'ipv6');

const LOOPBACK = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/** Networks that a public name has no business leading to. */
const NOT_PUBLIC = listOf([
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]);

export const isLoopback = (address: Address) => contains(LOOPBACK, address);

/** Whether everybody may find it: not of this machine, a private network, or none at all. */
export const isPublic = (address: Address) => !contains(NOT_PUBLIC, address);

export interface Network {
  /** Such as 10.0.0.0/8. */
  readonly text: string;
  includes(address: Address): boolean;
}

/** @param text an address, a slash and how many bits count; undefined where it is none. */
export function parseNetwork(text: string): Network | undefined {
  const [, base = '', bits = ''] = /^\[?([^\]/]+)\]?\/(\d{1,3})$/.exec(text) ?? [];
  const address = addressOf(base);
  const prefix = Number(bits);
  // A wrapped IPv4 address would make a network of another size.
  if (address === undefined || (address.family === 4) !== (isIP(base) === 4)) return undefined;
  if (prefix > (address.family === 4 ? 32 : 128)) return undefined;
  const list = listOf([[address.text, prefix]]);
  return {
    text: `${address.text}/${prefix}`,
    includes: (candidate) => candidate.family === address.family && contains(list, candidate),
  };
}
