/**
 * What holds for one plugin folder now: what was decided for good, over it what this studio was started with, over
 * that what was decided until the plugin's processes end. A denied host wins over a granted network that it is in.
 */
import type { HostGrant } from '@shared/contracts/permissions';
import type { Permission } from '@shared/schemas';
import type { FolderGrants, GrantStore } from './grant-store';
import type { Address } from './network/address';
import { type HostPattern, type NetworkTarget, parseHostPattern } from './network/host-grant';

export type Grant = 'granted' | 'denied';

/** What the command line allows for as long as it runs. */
export interface Allowance {
  readonly permissions: readonly Permission[];
  readonly hosts: readonly string[];
}

export const NO_ALLOWANCE: Allowance = { permissions: [], hosts: [] };

export interface FolderGrantBook {
  ofPermission(permission: Permission): { readonly grant: Grant; readonly always: boolean } | undefined;
  ofTarget(target: NetworkTarget): Grant | undefined;
  coversAddress(address: Address, port: number): boolean;
  hosts(): HostGrant[];
  /** @param host of network_access, in any spelling. @param grant undefined forgets. @throws permissions/invalid-host */
  set(permission: Permission, host: string | undefined, grant: Grant | undefined, always: boolean): Promise<void>;
  forgetTemporary(): void;
}

interface Entry {
  readonly pattern: HostPattern;
  readonly grant: Grant;
  readonly always: boolean;
}

export function createFolderGrants(folder: string, store: GrantStore, allowance: Allowance): FolderGrantBook {
  const temporary = { permissions: new Map<Permission, Grant>(), hosts: new Map<string, Grant>() };

  const entries = (): Entry[] => {
    const kept = store.read(folder).hosts.flatMap(({ host, grant }) => entryOf(host, grant, true));
    const allowed = allowance.hosts.flatMap((host) => entryOf(host, 'granted', false));
    const now = [...temporary.hosts].flatMap(([host, grant]) => entryOf(host, grant, false));
    return [...new Map([...kept, ...allowed, ...now].map((entry) => [entry.pattern.text, entry])).values()];
  };

  const decide = (matches: (pattern: HostPattern) => boolean): Grant | undefined => {
    const found = entries().filter(({ pattern }) => matches(pattern));
    if (found.some(({ grant }) => grant === 'denied')) return 'denied';
    return found.length > 0 ? 'granted' : undefined;
  };

  async function keep(change: (grants: FolderGrants) => FolderGrants) {
    await store.write(folder, change(store.read(folder)));
  }

  async function setHost(given: string, grant: Grant | undefined, always: boolean) {
    const { text } = parseHostPattern(given);
    temporary.hosts.delete(text);
    if (grant !== undefined && !always) temporary.hosts.set(text, grant);
    const isKept = store.read(folder).hosts.some(({ host }) => host === text);
    if (!always && !(grant === undefined && isKept)) return;
    await keep(({ permissions, hosts }) => ({
      permissions,
      hosts: [...hosts.filter(({ host }) => host !== text), ...(grant === undefined ? [] : [{ host: text, grant }])],
    }));
  }

  async function setPermission(permission: Permission, grant: Grant | undefined, always: boolean) {
    temporary.permissions.delete(permission);
    if (grant !== undefined && !always) temporary.permissions.set(permission, grant);
    const isKept = store.read(folder).permissions[permission] !== undefined;
    if (!always && !(grant === undefined && isKept)) return;
    await keep(({ permissions: { [permission]: _, ...permissions }, hosts }) => ({
      permissions: grant === undefined ? permissions : { ...permissions, [permission]: grant },
      hosts,
    }));
  }

  return {
    ofPermission(permission) {
      const now = temporary.permissions.get(permission);
      if (now !== undefined) return { grant: now, always: false };
      if (allowance.permissions.includes(permission)) return { grant: 'granted', always: false };
      const kept = store.read(folder).permissions[permission];
      return kept === undefined ? undefined : { grant: kept, always: true };
    },
    ofTarget: (target) => decide((pattern) => pattern.covers(target)),
    coversAddress: (address, port) => decide((pattern) => pattern.coversAddress(address, port)) === 'granted',
    hosts: () => entries().map(({ pattern, grant, always }) => ({ host: pattern.text, grant, always })),
    set: (permission, host, grant, always) =>
      host === undefined ? setPermission(permission, grant, always) : setHost(host, grant, always),
    forgetTemporary() {
      temporary.permissions.clear();
      temporary.hosts.clear();
    },
  };
}

/** A host in the file that nobody can read any more grants nothing. */
function entryOf(host: string, grant: Grant, always: boolean): Entry[] {
  try {
    return [{ pattern: parseHostPattern(host), grant, always }];
  } catch {
    return [];
  }
}
