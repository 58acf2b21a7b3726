/** What there is to grant, how it stands and why; process_execution is there to say that it never is. */
import { SegmentedControl } from '@mantine/core';
import type { PermissionState } from '@shared/contracts';
import { useStores } from '../../stores/context';
import { PERMISSION_WORDS, type PermissionEntry, whyOf } from './model';
import styles from './permissions-panel.module.css';

const CHOICES = [
  { value: 'ask', label: 'Ask' },
  { value: 'granted', label: 'Allow' },
  { value: 'denied', label: 'Deny' },
];
/** Hosts are allowed one by one. */
const NETWORK_CHOICES = [
  { value: 'ask', label: 'By host' },
  { value: 'denied', label: 'Deny' },
];

export function PermissionTable({ state }: { readonly state: PermissionState }) {
  return (
    <table className={styles.table} aria-label="Permissions">
      <thead>
        <tr>
          <th scope="col">Permission</th>
          <th scope="col" title="Whether plugin.json asks for it">
            Declared
          </th>
          <th scope="col">Grant</th>
        </tr>
      </thead>
      <tbody>
        {state.permissions.map((entry) => (
          <PermissionRow key={entry.permission} state={state} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

interface PermissionRowProps {
  readonly state: PermissionState;
  readonly entry: PermissionEntry;
}

function PermissionRow({ state, entry }: PermissionRowProps) {
  const { permission, declared } = entry;
  const { name, scope } = PERMISSION_WORDS[permission];
  const why = whyOf(entry, state.recording);
  return (
    <tr>
      <td>
        <div className={styles.name} title={`${permission}: ${scope}`}>
          {name} <code>{permission}</code>
        </div>
        <div className={styles.why} title={why}>
          {why}
        </div>
      </td>
      <td className={declared ? undefined : styles.dim}>{declared ? 'yes' : 'no'}</td>
      <td>
        <GrantControl folder={state.folder} entry={entry} canBeUsed={declared || state.recording} />
      </td>
    </tr>
  );
}

interface GrantControlProps {
  readonly folder: string;
  readonly entry: PermissionEntry;
  /** Without that a grant would change nothing. */
  readonly canBeUsed: boolean;
}

function GrantControl({ folder, entry, canBeUsed }: GrantControlProps) {
  const { permissions, notices } = useStores();
  const { permission, grant, refusedBy } = entry;
  if (grant === 'never') return <span className={styles.dim}>never</span>;
  if (refusedBy !== undefined) return <span className={styles.dim}>refused</span>;
  const isNetwork = permission === 'network_access';
  return (
    <SegmentedControl
      aria-label={`Grant of ${permission}`}
      className={styles.grant ?? ''}
      disabled={!canBeUsed && grant === 'ask'}
      data={isNetwork ? NETWORK_CHOICES : CHOICES}
      value={isNetwork && grant === 'granted' ? 'ask' : grant}
      onChange={(next) =>
        permissions.grant({ folder, permission, grant: next as 'ask' | 'granted' | 'denied' }).catch(notices.report)
      }
    />
  );
}
