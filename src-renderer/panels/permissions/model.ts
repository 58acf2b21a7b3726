/** Permissions in the words of the person who grants them. */
import type { HostGrant, PermissionQuestion, PermissionState, PermissionUse } from '@shared/contracts';
import type { Permission } from '@shared/schemas';
import { applyEdits, type OffsetEdit } from '../../editor/minimal-edit';

export type PermissionEntry = PermissionState['permissions'][number];

interface PermissionWords {
  readonly name: string;
  /** What a grant of it covers. */
  readonly scope: string;
}

export const PERMISSION_WORDS: Readonly<Record<Permission, PermissionWords>> = {
  file_system_access: {
    name: 'Files',
    scope: 'Files of its own folder, its temp folder, and what a run is given',
  },
  network_access: { name: 'Network', scope: 'HTTP, TCP and UDP, to the hosts that are allowed' },
  database_access: { name: 'Databases', scope: 'SQLite files in its own folder' },
  process_execution: { name: 'Other programs', scope: 'Starting other programs' },
};

export interface Wish {
  /** Such as connect to. */
  readonly verb: string;
  readonly object: string;
}

export function wishOf({ permission, host }: Pick<PermissionQuestion, 'permission' | 'host'>): Wish {
  switch (permission) {
    case 'network_access':
      return { verb: 'connect to', object: host ?? 'the network' };
    case 'file_system_access':
      return { verb: 'use', object: 'files' };
    case 'database_access':
      return { verb: 'use', object: 'databases' };
    case 'process_execution':
      return { verb: 'start', object: 'other programs' };
  }
}

export const declarationOf = ({ permission, declared }: Pick<PermissionQuestion, 'permission' | 'declared'>): string =>
  declared
    ? `plugin.json asks for ${permission}.`
    : `plugin.json does not ask for ${permission}; you are asked since its use is being recorded.`;

const lasting = (always: boolean) => (always ? 'for good' : 'until its process ends');

/** Why the permission stands as it does, and what comes next. */
export function whyOf({ permission, declared, grant, always, refusedBy }: PermissionEntry, recording: boolean): string {
  if (grant === 'never') return 'Never: the sandbox starts no programs.';
  if (!declared && !recording) return 'Refused: plugin.json lacks it.';
  if (refusedBy !== undefined) return `Refused: allowed_permissions of ${refusedBy} lacks it.`;
  if (grant === 'denied') return `You denied it ${lasting(always)}.`;
  if (permission === 'network_access') {
    return grant === 'granted' ? 'Any other host is asked for once.' : 'You are asked once for each host.';
  }
  return grant === 'granted' ? `You granted it ${lasting(always)}.` : 'You are asked when it is first used.';
}

export const keptText = ({ always }: Pick<HostGrant, 'always'>): string => lasting(always);

/** Granted first, then by name. */
export const sortedHosts = (hosts: readonly HostGrant[]): HostGrant[] =>
  [...hosts].sort((a, b) => b.grant.localeCompare(a.grant) || a.host.localeCompare(b.host));

/** Newest first. */
export const shownUses = (uses: readonly PermissionUse[], deniedOnly: boolean): PermissionUse[] =>
  uses.filter(({ allowed }) => !deniedOnly || !allowed).reverse();

export const keyOfUse = ({ operation, what, allowed, site }: PermissionUse): string =>
  JSON.stringify([operation, what, allowed, site?.file, site?.line]);

/** In one line for each permission that the manifest asks for. */
export function summaryOf({ permissions, hosts }: PermissionState): string[] {
  const granted = hosts.filter(({ grant }) => grant === 'granted').map(({ host }) => host);
  const wanted = permissions.filter(({ declared }) => declared);
  if (wanted.length === 0) return ['plugin.json asks for no permission'];
  return wanted.map(({ permission, grant }) => {
    const isByHost = permission === 'network_access' && grant === 'granted';
    return `${permission}: ${isByHost ? granted.join(', ') : grant}`;
  });
}

export interface DiffLine {
  readonly kind: 'removed' | 'added' | 'same';
  readonly text: string;
}

const CONTEXT = 2;

/** The lines that the edits change, with a few around them. The edits lie close together, as those of a fix do. */
export function diffOf(before: string, edits: readonly OffsetEdit[]): DiffLine[] {
  const old = before.split('\n');
  const now = applyEdits(before, edits).split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  const most = Math.min(old.length, now.length) - start;
  let end = 0;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  if (start === old.length && start === now.length) return [];
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  return [
    ...old.slice(Math.max(0, start - CONTEXT), start).map(same),
    ...changedLines(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end, old.length - end + CONTEXT).map(same),
  ];
}

/** By their longest common subsequence. */
function changedLines(old: readonly string[], now: readonly string[]): DiffLine[] {
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const length =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      (common[row] as number[])[column] = length;
    }
  }
  const lines: DiffLine[] = [];
  for (let row = 0, column = 0; row < old.length || column < now.length; ) {
    const [left, right] = [old[row], now[column]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      row += 1;
      column += 1;
    } else if (left !== undefined && (right === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'removed', text: left });
      row += 1;
    } else {
      lines.push({ kind: 'added', text: right ?? '' });
      column += 1;
    }
  }
  return lines;
}
