/** Reads --allow from the command line: a permission, and for the network the hosts that are allowed. */
import { StudioError } from '@shared/errors';
import { PERMISSIONS, type Permission } from '@shared/schemas';
import { type Allowance, parseHostPattern } from '../../capabilities';

/** Throws cli/bad-allow and permissions/invalid-host. */
export function readAllowance(given: readonly string[]): Allowance {
  const permissions = new Set<Permission>();
  const hosts = new Set<string>();
  for (const argument of given) {
    const [name = '', list] = argument.split(/=(.*)/s);
    const permission = PERMISSIONS.find((known) => known === name);
    const named = (list ?? '').split(',').flatMap((host) => host.trim() || []);
    if (permission === undefined) throw badAllow(argument, `known are ${PERMISSIONS.join(', ')}`);
    if (permission === 'process_execution') throw badAllow(argument, 'it is never granted in the sandbox');
    if (permission !== 'network_access') {
      if (list !== undefined) throw badAllow(argument, 'only network_access takes hosts');
      permissions.add(permission);
      continue;
    }
    if (named.length === 0)
      throw badAllow(argument, 'name the hosts, such as network_access=feeds.example.com,10.0.0.0/8');
    for (const host of named) hosts.add(parseHostPattern(host).text);
  }
  return { permissions: [...permissions], hosts: [...hosts] };
}

const badAllow = (argument: string, remedy: string) =>
  new StudioError('cli/bad-allow', `--allow ${argument} cannot be granted: ${remedy}.`, { data: { argument } });
