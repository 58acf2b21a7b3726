/** What the active plugin may do: what its manifest asks for, what was granted, and what came of it. */
import { SegmentedControl } from '@mantine/core';
import type { PermissionState } from '@shared/contracts';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { formatCount } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Skeleton } from '../../ui/skeleton';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { HostList } from './host-list';
import { PermissionTable } from './permission-table';
import styles from './permissions-panel.module.css';
import { type PermissionsTab, permissionsViewOf } from './permissions-view';
import { Recorder } from './recorder';
import { UseTable } from './use-table';

export function PermissionsPanel() {
  const { workbench, permissions, notices } = useStores();
  const folder = useStore(workbench, ({ activeFolder }) => activeFolder);
  const state = useStore(permissions, ({ states }) => (folder === undefined ? undefined : states[folder]));

  useEffect(() => {
    if (folder !== undefined) permissions.follow(folder).catch(notices.report);
  }, [folder, permissions, notices]);

  if (folder === undefined) {
    return (
      <EmptyState icon="shield" title="No plugin is open">
        Open a plugin to see what it may do.
      </EmptyState>
    );
  }
  return state === undefined ? <Skeleton rows={6} label="Reading the permissions" /> : <Permissions state={state} />;
}

function Permissions({ state }: { readonly state: PermissionState }) {
  const stores = useStores();
  const view = permissionsViewOf(stores);
  const { tab, deniedOnly } = useStore(view);
  const { folder, uses } = state;
  const name = useStore(stores.plugins, ({ plugins }) => plugins.find((plugin) => plugin.folder === folder)?.name);
  const denied = uses.filter(({ allowed }) => !allowed).length;
  return (
    <div className={styles.panel}>
      <div className={styles.root}>
        <div className={styles.grants}>
          <PermissionTable state={state} />
        </div>
        <div className={styles.record}>
          <Toolbar label="Permissions">
            <SegmentedControl
              aria-label="Show"
              data={tabsOf(state)}
              value={tab}
              onChange={(next) => view.setState({ tab: next as PermissionsTab })}
            />
            {tab === 'used' && (
              <IconButton
                icon="circle-slash"
                label="Denied only"
                pressed={deniedOnly}
                variant={deniedOnly ? 'light' : 'subtle'}
                onClick={() => view.setState({ deniedOnly: !deniedOnly })}
              />
            )}
            <Spacer />
            <output className={styles.summary} aria-label="Uses">
              {name}
              {uses.length > 0 && ` · ${formatCount(uses.length, 'use')}`}
              {denied > 0 && ` · ${denied.toLocaleString('en')} denied`}
            </output>
          </Toolbar>
          <div className={styles.body}>
            {tab === 'hosts' ? (
              <HostList state={state} />
            ) : tab === 'used' ? (
              <UseTable state={state} />
            ) : (
              <Recorder state={state} />
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

const tabsOf = ({ hosts, recording }: PermissionState): { value: PermissionsTab; label: ReactNode }[] => [
  { value: 'hosts', label: hosts.length === 0 ? 'Hosts' : `Hosts ${hosts.length.toLocaleString('en')}` },
  { value: 'used', label: 'Used' },
  {
    value: 'recorder',
    label: recording ? (
      <span className={styles.recordingTab}>
        Recorder <Icon name="record" size={12} color="var(--critical)" />
      </span>
    ) : (
      'Recorder'
    ),
  },
];
