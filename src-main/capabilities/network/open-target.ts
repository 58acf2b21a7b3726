/**
 * Turns where a plugin wants to go into the addresses that it may connect to. The name is looked up once, here: what
 * connects uses these addresses and asks no more, so a name that changes its mind leads nowhere. A name that leads to
 * this machine or a private network is refused, unless the person granted that address or network itself.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { failedBecause, invalid, outOfReach } from '../refusals';
import { type Address, addressOf, isLoopback, isPublic } from './address';
import { grantTextOf, type NetworkTarget, readTarget } from './host-grant';

export type Lookup = (name: string) => Promise<readonly { readonly address: string }[]>;

export const lookupWithSystem: Lookup = (name) => systemLookup(name, { all: true, verbatim: true });

export interface NetworkGate {
  /** Asks where it must. @throws StudioError capabilities/denied */
  authorize(target: NetworkTarget): Promise<void>;
  /** Whether the person named this address, or its network. */
  coversAddress(address: Address, port: number): boolean;
}

export interface OpenTarget extends NetworkTarget {
  /** At least one. */
  readonly addresses: readonly Address[];
}

/** `localhost` is this machine, whatever a server of names says. */
const LOCAL: readonly Address[] = [
  { family: 4, text: '127.0.0.1' },
  { family: 6, text: '::1' },
];

const isLocalName = (host: string) => host === 'localhost' || host.endsWith('.localhost');

/** @throws StudioError capabilities/invalid, capabilities/denied (data: reason rebinding), capabilities/failed */
export async function openTarget(host: string, port: number, gate: NetworkGate, lookup: Lookup): Promise<OpenTarget> {
  const target = readTarget(host, port);
  if (target === undefined) throw invalid(`"${host}" is neither a name nor an address.`, 'host');
  await gate.authorize(target);
  const literal = addressOf(target.host);
  if (literal !== undefined) return { ...target, addresses: [literal] };
  if (isLocalName(target.host)) return { ...target, addresses: LOCAL };
  const found = await lookUp(target.host, lookup);
  const allowed = found.filter((address) => isPublic(address) || gate.coversAddress(address, port));
  // One address that is refused refuses the name: who mixes them tries something.
  const [refused] = found.filter((address) => !allowed.includes(address));
  if (refused !== undefined) throw rebound(target, refused);
  return { ...target, addresses: allowed };
}

async function lookUp(name: string, lookup: Lookup): Promise<Address[]> {
  const found = await lookup(name).catch((error: unknown) => {
    throw failedBecause(`Looking up ${name}`, error);
  });
  const addresses = found.flatMap(({ address }) => addressOf(address) ?? []);
  if (addresses.length > 0) return addresses;
  throw failedBecause(`Looking up ${name}`, Object.assign(new Error('it has no address'), { code: 'ENOTFOUND' }));
}

function rebound({ host }: NetworkTarget, address: Address) {
  const where = isLoopback(address) ? 'this machine' : 'a network that is not public';
  return outOfReach(
    `${host} leads to ${address.text}, an address of ${where}, and a granted name is not enough for that. If it is ` +
      `meant to, grant ${grantTextOf({ host: address.text, port: 0 })} as well.`,
    'rebinding',
  );
}
