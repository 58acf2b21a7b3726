/** An indicator in the one spelling by which feeds and requests find each other. */
import { formatAddress, parseAddress, parseRange } from './ip-address';
import { refang } from './refang';

export const INDICATOR_TYPES = ['ip', 'domain', 'hash', 'url', 'email'] as const;
export type IndicatorType = (typeof INDICATOR_TYPES)[number];

export interface Indicator {
  readonly type: IndicatorType;
  /** Normal form; a range of addresses as `10.0.0.0/8`. */
  readonly value: string;
}

export const isIndicatorType = (type: string): type is IndicatorType =>
  (INDICATOR_TYPES as readonly string[]).includes(type);

/** @returns undefined where the text is no indicator of that type. */
export const readIndicator = (type: IndicatorType, text: string): Indicator | undefined =>
  readPlain(type, refang(text));

/** For texts of which nobody says what they are. */
export function guessIndicator(text: string): Indicator | undefined {
  const plain = refang(text);
  for (const type of ['ip', 'hash', 'url', 'email', 'domain'] as const) {
    const indicator = readPlain(type, plain);
    if (indicator !== undefined) return indicator;
  }
  return undefined;
}

function readPlain(type: IndicatorType, plain: string): Indicator | undefined {
  const value = NORMALIZERS[type](plain);
  return value === undefined ? undefined : { type, value };
}

const NORMALIZERS: Readonly<Record<IndicatorType, (text: string) => string | undefined>> = {
  ip: normalizeAddress,
  domain: normalizeDomain,
  hash: (text) => (HASH.test(text) ? text.toLowerCase() : undefined),
  url: normalizeUrl,
  email: normalizeEmail,
};

/** MD5, SHA-1, SHA-256 and SHA-512. */
const HASH = /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

function normalizeAddress(text: string): string | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (!bare.includes('/')) {
    const bits = parseAddress(bare);
    return bits === undefined ? undefined : formatAddress(bits);
  }
  const prefix = parseRange(bare);
  if (prefix === undefined) return undefined;
  const width = parseAddress(bare.split('/')[0]!)!.length;
  const address = formatAddress(prefix.padEnd(width, '0'));
  return prefix.length === width ? address : `${address}/${prefix.length}`;
}

function normalizeDomain(text: string): string | undefined {
  const name = (text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  if (/^[a-z0-9._-]+$/.test(name)) return isDomain(name) ? name : undefined;
  // A URL's host is in the form of DNS, also where the name has letters that are not ASCII.
  const host = parseUrl(`http://${name}/`);
  if (host === undefined || host.pathname !== '/' || host.port !== '' || host.username !== '') return undefined;
  return isDomain(host.hostname) ? host.hostname : undefined;
}

function isDomain(name: string): boolean {
  const labels = name.split('.');
  const last = labels[labels.length - 1]!;
  return name.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(last);
}

function normalizeUrl(text: string): string | undefined {
  if (!/^(https?|ftp):\/\//i.test(text)) return undefined;
  const url = parseUrl(text);
  if (url === undefined || url.hostname === '') return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

function normalizeEmail(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const domain = at > 0 ? normalizeDomain(text.slice(at + 1)) : undefined;
  const name = text.slice(0, at).toLowerCase();
  return domain === undefined || !/^[^\s@<>,;:"]{1,64}$/.test(name) ? undefined : `${name}@${domain}`;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
