/** What the plugin used and what it was refused, the newest first. Enter goes to the line that asked. */
import type { PermissionState, PermissionUse } from '@shared/contracts';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import type { GridColumn } from '../../ui/grid-column';
import { timeOfDay } from '../../ui/log-lines';
import { useWidth } from '../../ui/use-width';
import { VirtualGrid } from '../../ui/virtual-grid';
import { keyOfUse, PERMISSION_WORDS, shownUses } from './model';
import styles from './permissions-panel.module.css';
import { permissionsViewOf } from './permissions-view';
import { SiteLink } from './site-link';

/** In pixels: with less, what was done is left to the words of what it was done to. */
const ROOM_FOR_OPERATION = 760;

const columnsFor = (folder: string, width: number) =>
  columnsOf(folder).filter(({ id }) => id !== 'operation' || width >= ROOM_FOR_OPERATION);

const columnsOf = (folder: string): readonly GridColumn<PermissionUse>[] => [
  {
    id: 'last',
    title: 'Last',
    width: '76px',
    render: ({ lastAt }) => (
      <span className={styles.mono} title={timeOfDay(lastAt)}>
        {timeOfDay(lastAt).slice(0, 8)}
      </span>
    ),
  },
  {
    id: 'result',
    title: 'Result',
    width: '64px',
    render: ({ allowed }) => (
      <span className={styles.verdict} data-allowed={allowed}>
        {allowed ? 'allowed' : 'denied'}
      </span>
    ),
  },
  {
    id: 'permission',
    title: 'Permission',
    width: '82px',
    render: ({ permission }) => <span title={permission}>{PERMISSION_WORDS[permission].name}</span>,
  },
  {
    id: 'operation',
    title: 'Operation',
    width: '92px',
    render: ({ operation }) => <span className={styles.mono}>{operation}</span>,
  },
  {
    id: 'what',
    title: 'What',
    width: 'minmax(100px, 1fr)',
    render: ({ what }) => (
      <span className={styles.mono} title={what}>
        <bdi>{what}</bdi>
      </span>
    ),
  },
  { id: 'count', title: 'Count', width: '56px', align: 'end', render: ({ count }) => count.toLocaleString('en') },
  {
    id: 'source',
    title: 'Source',
    width: 'minmax(100px, 150px)',
    render: ({ site }) => site !== undefined && <SiteLink folder={folder} site={site} tabIndex={-1} />,
  },
];

export function UseTable({ state }: { readonly state: PermissionState }) {
  const stores = useStores();
  const view = permissionsViewOf(stores);
  const { deniedOnly, selected } = useStore(view);
  const { folder, uses, usesOmitted } = state;
  const rows = useMemo(() => shownUses(uses, deniedOnly), [uses, deniedOnly]);
  const [body, width] = useWidth<HTMLDivElement>();
  const columns = useMemo(() => columnsFor(folder, width), [folder, width]);
  const index = rows.findIndex((use) => keyOfUse(use) === selected);

  const open = (at: number) => {
    const site = rows[at]?.site;
    if (site === undefined) return;
    const { file, line, column } = site;
    stores.workbench.openEditor({ kind: 'file', folder, path: file, line, column });
  };
  if (rows.length === 0) {
    return uses.length === 0 ? (
      <EmptyState icon="shield" title="Nothing used yet">
        Files, connections and databases that the plugin asks for while it runs are listed here, with the line that
        asked.
      </EmptyState>
    ) : (
      <EmptyState icon="pass" title="Nothing was denied" />
    );
  }
  return (
    <div ref={body} className={styles.uses}>
      <VirtualGrid<PermissionUse>
        label="Used permissions"
        columns={columns}
        count={rows.length}
        rowAt={(at) => rows[at]}
        selected={index === -1 ? undefined : index}
        onSelect={(at) => {
          const use = rows[at];
          if (use !== undefined) view.setState({ selected: keyOfUse(use) });
        }}
        onOpen={open}
      />
      {usesOmitted > 0 && (
        <p className={styles.omitted}>{usesOmitted.toLocaleString('en')} older ones are not kept any more.</p>
      )}
    </div>
  );
}
