/** The opened plugins and their files. */
import { Button } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import type { ContextMenuGroups } from '../../ui/context-menu';
import { EmptyState } from '../../ui/empty-state';
import { Icon } from '../../ui/icon';
import { Skeleton } from '../../ui/skeleton';
import { useContextMenu } from '../../ui/use-context-menu';
import { explorerStore, type Naming } from './explorer-store';
import { createFile, createFolder, deleteNode, renameNode } from './file-actions';
import { folderFor, joinPath, nodeKey, parentPath, stepForKey, type TreeRow, treeRows } from './model';
import { NameInput } from './name-input';
import styles from './plugin-tree.module.css';
import { indent, TreeRowView } from './tree-row';

export function PluginTree() {
  const client = useClient();
  const stores = useStores();
  const { plugins, workbench, notices, commands } = stores;
  const explorer = explorerStore(client, stores);
  const tree = useRef<HTMLDivElement>(null);
  const loaded = useStore(plugins, (state) => state.loaded);
  const opened = useStore(plugins, (state) => state.plugins);
  const { expanded, listings, focused, naming } = useStore(explorer);
  const [menu, openMenu] = useContextMenu();
  const rows = treeRows(opened, listings, expanded);
  const current = rows.find((row) => focused !== undefined && nodeKey(row) === nodeKey(focused)) ?? rows[0];

  if (!loaded) return <Skeleton rows={5} label="Reading the plugins" />;
  if (rows.length === 0) {
    return (
      <EmptyState
        title="No plugin is open"
        actions={<Button onClick={() => commands.run('file.openFolder')}>Open folder…</Button>}
      >
        Open a folder that holds a plugin.json, or an example.
      </EmptyState>
    );
  }

  const focus = (row: TreeRow) => {
    explorer.focus(row);
    workbench.setActiveFolder(row.folder);
    tree.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(nodeKey(row))}"]`)?.focus();
  };
  const activate = (row: TreeRow) => {
    focus(row);
    if (row.kind === 'file') workbench.openEditor({ kind: 'file', folder: row.folder, path: row.path });
    else explorer.toggle(row);
  };
  const begin = (mode: Naming['mode'], row: TreeRow) => {
    const node = mode === 'rename' ? row : folderFor(row);
    if (mode !== 'rename') explorer.expand(node).catch(notices.report);
    explorer.name({ mode, node: { folder: node.folder, path: node.path } });
  };
  const remove = (row: TreeRow) => void deleteNode(client, stores, row).catch(notices.report);

  const menuOf = (row: TreeRow): ContextMenuGroups => [
    [
      { label: 'New file…', icon: 'new-file', run: () => begin('file', row) },
      { label: 'New folder…', icon: 'new-folder', run: () => begin('folder', row) },
    ],
    [
      {
        label: 'Copy path',
        icon: 'copy',
        run: () => void navigator.clipboard.writeText(row.path === '' ? row.folder : row.path),
      },
      ...(row.kind === 'plugin'
        ? [
            {
              label: 'Configuration',
              icon: 'settings-gear',
              run: () => workbench.openEditor({ kind: 'configuration', folder: row.folder }),
            },
          ]
        : []),
    ],
    row.kind === 'plugin'
      ? [
          { label: 'Restart plugin', icon: 'debug-restart', run: () => commandFor(row, 'plugin.restart') },
          { label: 'Stop plugin', icon: 'debug-stop', run: () => commandFor(row, 'plugin.stop') },
          { label: 'Close plugin', icon: 'close', run: () => commandFor(row, 'file.closePlugin') },
        ]
      : [
          { label: 'Rename…', icon: 'rename', keys: 'F2', run: () => begin('rename', row) },
          { label: 'Delete', icon: 'trash', keys: 'Delete', danger: true, run: () => remove(row) },
        ],
  ];
  const commandFor = (row: TreeRow, id: string) => {
    workbench.setActiveFolder(row.folder);
    commands.run(id);
  };

  const walk = (key: string) => {
    const step = stepForKey(key, rows, current);
    if (step?.toggle !== undefined) explorer.toggle(step.toggle);
    if (step?.focus !== undefined) focus(step.focus);
    return step !== undefined;
  };
  const act = (key: string, row: TreeRow) => {
    if (key === 'Enter' || key === ' ') {
      activate(row);
      if (key === 'Enter' && row.kind === 'file') commands.run('view.focusEditor');
    } else if (key === 'F2' && row.kind !== 'plugin') begin('rename', row);
    else if (key === 'Delete' && row.kind !== 'plugin') remove(row);
    else return walk(key);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || current === undefined || !act(event.key, current)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const finishNaming = (name: string) => {
    if (naming === undefined) return;
    explorer.name(undefined);
    if (naming.mode === 'rename') explorer.moved(naming.node, joinPath(parentPath(naming.node.path), name));
    else explorer.focus({ folder: naming.node.folder, path: joinPath(naming.node.path, name) });
    const work =
      naming.mode === 'rename'
        ? renameNode(client, stores, naming.node, name)
        : naming.mode === 'file'
          ? createFile(client, stores, naming.node, name)
          : createFolder(client, naming.node, name);
    work.catch(notices.report);
  };

  return (
    <div ref={tree} role="tree" aria-label="Plugins" tabIndex={-1} className={styles.tree} onKeyDown={onKeyDown}>
      {rows.map((row) => {
        const key = nodeKey(row);
        const isNamed = naming !== undefined && nodeKey(naming.node) === key;
        return (
          <div key={key} role="none">
            <TreeRowView
              row={row}
              focused={row === current}
              onActivate={() => activate(row)}
              onFocus={() => explorer.focus(row)}
              onMenu={(event) => {
                explorer.focus(row);
                openMenu(event, menuOf(row));
              }}
              {...(isNamed && naming.mode === 'rename'
                ? {
                    input: (
                      <NameInput
                        label={`New name of ${row.name}`}
                        initial={row.name}
                        onName={finishNaming}
                        onCancel={() => explorer.name(undefined)}
                      />
                    ),
                  }
                : {})}
            />
            {isNamed && naming.mode !== 'rename' && (
              <div className={styles.row} style={{ paddingLeft: indent(row.level + 1) }}>
                <Icon name={naming.mode === 'file' ? 'file' : 'folder'} />
                <NameInput
                  label={`Name of the new ${naming.mode}`}
                  initial=""
                  onName={finishNaming}
                  onCancel={() => explorer.name(undefined)}
                />
              </div>
            )}
          </div>
        );
      })}
      {menu}
    </div>
  );
}
