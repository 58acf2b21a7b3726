/** Says whether a host is one of those that a list names: addresses, ranges, names, and `*.name` for all below it. */
import { parseAddress, parseRange } from './ip-address';

export type HostMatcher = (host: string) => boolean;

/** @param problem Hears of what is neither an address, a range nor a name; it matches nothing. */
export function matchHosts(
  patterns: readonly string[],
  problem: (text: string) => void = () => undefined,
): HostMatcher {
  const matchers = patterns.flatMap((pattern) => {
    const matcher = matchOne(pattern.trim().toLowerCase());
    if (matcher === undefined) problem(pattern);
    return matcher ?? [];
  });
  return (host) => matchers.some((matches) => matches(host.toLowerCase()));
}

function matchOne(pattern: string): HostMatcher | undefined {
  const range = parseRange(pattern);
  if (range !== undefined) {
    const width = parseAddress(pattern.split('/')[0]!)!.length;
    return (host) => {
      const bits = parseAddress(host);
      return bits !== undefined && bits.length === width && bits.startsWith(range);
    };
  }
  if (pattern.startsWith('*.')) {
    const parent = pattern.slice(1);
    return isHostName(parent.slice(1)) ? (host) => isHostName(host) && host.endsWith(parent) : undefined;
  }
  return isHostName(pattern) ? (host) => host === pattern : undefined;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

export function isHostName(text: string): boolean {
  const labels = text.toLowerCase().split('.');
  const isNumber = /^[0-9]+$/.test(labels[labels.length - 1]!);
  return text.length <= 253 && !isNumber && labels.every((label) => LABEL.test(label));
}
