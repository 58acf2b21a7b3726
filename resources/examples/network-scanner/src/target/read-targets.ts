/**
 * What a target stands for: a host, a range, or a host with its port, several of them with commas or blanks between. A
 * range is never spelled out before its size is known.
 */
import { ValidationError } from 'mcp-plugin-sdk';
import { isHostName } from './host-pattern';
import { formatAddress, parseAddress, parseRange } from './ip-address';

export interface ScanTarget {
  /** A name, or an address in its usual form. */
  readonly host: string;
  /** The one that the target names. */
  readonly port?: number;
}

/** @throws ValidationError for what is no target, and for more than `maxHosts`. */
export function readTargets(text: string, maxHosts: number): ScanTarget[] {
  const words = text
    .split(',')
    .join(' ')
    .split('\n')
    .join(' ')
    .split(' ')
    .filter((word) => word !== '');
  const targets = new Map<string, ScanTarget>();
  for (const word of words) {
    for (const target of readTarget(word, maxHosts)) targets.set(`${target.host} ${target.port ?? ''}`, target);
    if (targets.size > maxHosts) throw tooMany(text, maxHosts);
  }
  if (targets.size === 0) throw new ValidationError('The target is empty. Give a host, a range or host:port.');
  return [...targets.values()];
}

function readTarget(word: string, maxHosts: number): ScanTarget[] {
  if (word.includes('/')) return expandRange(word, maxHosts);
  const alone = readHost(word);
  if (alone !== undefined) return [{ host: alone }];
  const at = word.lastIndexOf(':');
  const host = readHost(word.slice(0, Math.max(0, at)));
  const port = Number(word.slice(at + 1));
  if (at > 0 && host !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535) return [{ host, port }];
  throw new ValidationError(`"${word}" is no target. Give a host, a range such as 10.20.0.0/24, or host:port.`);
}

function readHost(text: string): string | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const bits = parseAddress(bare);
  if (bits !== undefined) return formatAddress(bits);
  const name = text.endsWith('.') ? text.slice(0, -1).toLowerCase() : text.toLowerCase();
  return isHostName(name) ? name : undefined;
}

function expandRange(word: string, maxHosts: number): ScanTarget[] {
  const prefix = parseRange(word);
  if (prefix === undefined)
    throw new ValidationError(`"${word}" is no range of addresses. Write it like 10.20.0.0/24.`);
  const width = parseAddress(word.split('/')[0]!)!.length;
  const free = width - prefix.length;
  if (free > 16 || 2 ** free > maxHosts) throw tooMany(word, maxHosts);
  const bits = Array.from({ length: 2 ** free }, (_, index) => prefix + suffix(index, free));
  // The first and the last address of a network of IPv4 are of no host.
  const hosts = width === 32 && free >= 2 ? bits.slice(1, -1) : bits;
  return hosts.map((each) => ({ host: formatAddress(each) }));
}

const suffix = (index: number, length: number): string => (length === 0 ? '' : index.toString(2).padStart(length, '0'));

const tooMany = (text: string, maxHosts: number) =>
  new ValidationError(`"${text}" has more than ${maxHosts} hosts (max_hosts). Scan it in parts, or allow more.`);
