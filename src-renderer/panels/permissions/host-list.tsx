/** The hosts that the plugin may reach or may not, and a field for another one. */
import { Button, TextInput } from '@mantine/core';
import type { HostGrant, PermissionState } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { useState } from 'react';
import { useStores } from '../../stores/context';
import { IconButton } from '../../ui/icon-button';
import { keptText, sortedHosts } from './model';
import styles from './permissions-panel.module.css';

export function HostList({ state }: { readonly state: PermissionState }) {
  const { folder, hosts } = state;
  return (
    <section aria-label="Hosts" className={styles.hosts}>
      {hosts.length === 0 ? (
        <p className={styles.empty}>
          None yet. You are asked when the plugin connects to a host for the first time; or allow one here.
        </p>
      ) : (
        <ul className={styles.list} aria-label="Hosts">
          {sortedHosts(hosts).map((host) => (
            <Host key={host.host} folder={folder} host={host} />
          ))}
        </ul>
      )}
      <HostForm key={folder} folder={folder} />
    </section>
  );
}

function Host({ folder, host: entry }: { readonly folder: string; readonly host: HostGrant }) {
  const { permissions, notices } = useStores();
  const { host, grant } = entry;
  const isGranted = grant === 'granted';
  const set = (next: 'granted' | 'denied' | 'ask') =>
    permissions.grant({ folder, permission: 'network_access', host, grant: next }).catch(notices.report);
  return (
    <li className={styles.host}>
      <span className={styles.hostName} title={host}>
        {host}
      </span>
      <span className={styles.verdict} data-allowed={isGranted}>
        {isGranted ? 'allowed' : 'denied'}
      </span>
      <span className={styles.dim}>{keptText(entry)}</span>
      <span className={styles.hostActions}>
        <IconButton
          icon={isGranted ? 'circle-slash' : 'check'}
          label={isGranted ? `Deny ${host}` : `Allow ${host}`}
          onClick={() => void set(isGranted ? 'denied' : 'granted')}
        />
        <IconButton
          icon="trash"
          label={`Revoke ${host}, so that it is asked for again`}
          onClick={() => void set('ask')}
        />
      </span>
    </li>
  );
}

function HostForm({ folder }: { readonly folder: string }) {
  const { permissions, notices } = useStores();
  const [host, setHost] = useState('');
  const [error, setError] = useState<string>();

  const add = async () => {
    try {
      await permissions.grant({ folder, permission: 'network_access', host: host.trim(), grant: 'granted' });
      setHost('');
    } catch (failure) {
      if (!isStudioError(failure, 'permissions/invalid-host')) throw failure;
      setError(failure.message);
    }
  };
  return (
    <form
      className={styles.hostForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (host.trim() !== '') add().catch(notices.report);
      }}
    >
      <TextInput
        aria-label="Host to allow"
        className={styles.hostField ?? ''}
        classNames={{ error: styles.hostError ?? '' }}
        placeholder="feeds.example.com, *.example.com or 10.0.0.0/8"
        spellCheck={false}
        value={host}
        error={error}
        onChange={(event) => {
          setHost(event.currentTarget.value);
          setError(undefined);
        }}
      />
      <Button type="submit" disabled={host.trim() === ''}>
        Allow host
      </Button>
    </form>
  );
}
