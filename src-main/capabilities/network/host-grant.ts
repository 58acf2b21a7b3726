/**
 * What a person grants or denies of the network, in the words that they type: a name, *.name for all below it, an
 * address, or a network, with :port or without. Matching is exact: a grant never covers more than it says.
 */
import { StudioError } from '@shared/errors';
import { type Address, addressOf, canonicalHost, parseNetwork } from './address';

/** Where a plugin wants to go. `host` is canonical: a name in lower case, or an address without brackets. */
export interface NetworkTarget {
  readonly host: string;
  readonly port: number;
}

export interface HostPattern {
  /** The same for everything that means the same. */
  readonly text: string;
  /** Whether the pattern names it, by name or by address. */
  covers(target: NetworkTarget): boolean;
  /** Whether the pattern itself says that address, so that a name may lead there. */
  coversAddress(address: Address, port: number): boolean;
}

const invalidHost = (given: string, why: string) =>
  new StudioError(
    'permissions/invalid-host',
    `"${given}" is no host: ${why}. Write a name such as feeds.example.com, *.example.com for all below it, an ` +
      'address, or a network such as 10.0.0.0/8, with :port or without.',
    { data: { host: given } },
  );

function splitPort(given: string): { host: string; port: number | undefined } {
  const [, host = given, digits] = /^(\[[^\]]*\](?:\/\d+)?|[^:]*):(\d+)$/.exec(given) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535)) throw invalidHost(given, 'a port is from 1 to 65535');
  return { host, port };
}

const isOfPort = (wanted: number | undefined, port: number) => wanted === undefined || wanted === port;

/** @throws StudioError permissions/invalid-host */
export function parseHostPattern(given: string): HostPattern {
  const { host, port } = splitPort(given.trim());
  const withPort = (text: string) => (port === undefined ? text : `${text}:${port}`);
  if (host.includes('/')) return networkPattern(given, host, port);
  const isBelow = host.startsWith('*.');
  const canonical = canonicalHost(isBelow ? host.slice(2) : host);
  if (canonical === undefined || canonical === '' || canonical.includes('*')) {
    throw invalidHost(given, 'it cannot be read as a name or an address');
  }
  const address = addressOf(canonical);
  if (address !== undefined) {
    if (isBelow) throw invalidHost(given, 'an address has nothing below it');
    const isIt = (candidate: Address | undefined) => candidate?.text === address.text;
    return {
      text: withPort(address.family === 6 ? `[${address.text}]` : address.text),
      covers: (target) => isIt(addressOf(target.host)) && isOfPort(port, target.port),
      coversAddress: (candidate, used) => isIt(candidate) && isOfPort(port, used),
    };
  }
  return {
    text: withPort(isBelow ? `*.${canonical}` : canonical),
    covers: (target) =>
      (isBelow ? target.host.endsWith(`.${canonical}`) : target.host === canonical) && isOfPort(port, target.port),
    coversAddress: () => false,
  };
}

function networkPattern(given: string, host: string, port: number | undefined): HostPattern {
  const network = parseNetwork(host);
  if (network === undefined) throw invalidHost(given, 'a network is an address, a slash and a number of bits');
  const [base = '', bits = ''] = network.text.split('/');
  const text = base.includes(':') && port !== undefined ? `[${base}]/${bits}` : network.text;
  const coversAddress = (address: Address | undefined, used: number) =>
    address !== undefined && network.includes(address) && isOfPort(port, used);
  return {
    text: port === undefined ? text : `${text}:${port}`,
    covers: (target) => coversAddress(addressOf(target.host), target.port),
    coversAddress,
  };
}

/** @param host as a plugin says it. @returns undefined where it is no host. */
export function readTarget(host: string, port: number): NetworkTarget | undefined {
  const canonical = canonicalHost(host);
  if (canonical === undefined || canonical === '') return undefined;
  return { host: addressOf(canonical)?.text ?? canonical, port };
}

/** A target's host as a person would grant it. */
export const grantTextOf = ({ host }: NetworkTarget) => (host.includes(':') ? `[${host}]` : host);
