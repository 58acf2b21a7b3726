/**
 * What can be done to a file of a plugin. Open texts go along: those under a renamed file are saved and opened again
 * under its new name, those of a deleted one are closed.
 */
import type { StudioClient } from '../../client/studio-client';
import { isWithin } from '../../editor/document-uri';
import type { Stores } from '../../stores/stores';
import { confirm } from '../../ui/dialogs';
import { joinPath, type Node, parentPath, type TreeRow } from './model';

const openWithin = ({ documents }: Stores, { folder, path }: Node) =>
  Object.values(documents.getState().documents).filter(
    (document) => document.folder === folder && isWithin(path, document.path),
  );

export async function createFile(client: StudioClient, stores: Stores, parent: Node, name: string): Promise<void> {
  const path = joinPath(parent.path, name);
  await client.workspace.writeFile({ folder: parent.folder, path, text: '', expectedVersion: null });
  stores.workbench.openEditor({ kind: 'file', folder: parent.folder, path });
}

export async function createFolder(client: StudioClient, parent: Node, name: string): Promise<void> {
  await client.workspace.createFolder({ folder: parent.folder, path: joinPath(parent.path, name) });
}

export async function renameNode(client: StudioClient, stores: Stores, node: Node, name: string): Promise<void> {
  const { folder, path } = node;
  const to = joinPath(parentPath(path), name);
  if (to === path) return;
  const open = openWithin(stores, node);
  for (const { uri, dirty } of open) if (dirty && !(await stores.documents.save(uri))) return;
  for (const { uri } of open) stores.documents.close(uri);
  let moved = false;
  try {
    await client.workspace.rename({ folder, path, to });
    moved = true;
  } finally {
    for (const document of open) {
      const now = moved ? to + document.path.slice(path.length) : document.path;
      stores.workbench.openEditor({ kind: 'file', folder, path: now });
    }
  }
}

export async function deleteNode(
  client: StudioClient,
  stores: Stores,
  { folder, path, name, kind }: TreeRow,
): Promise<void> {
  const open = openWithin(stores, { folder, path });
  const unsaved = open.filter(({ dirty }) => dirty).length;
  const agreed = await confirm({
    title: `Delete ${name}?`,
    message: [
      kind === 'folder'
        ? 'The folder and all that is in it will be deleted from disk.'
        : 'The file will be deleted from disk.',
      unsaved > 0 ? ' What was not saved goes with it.' : '',
    ].join(''),
    submitLabel: 'Delete',
    danger: true,
  });
  if (!agreed) return;
  await client.workspace.remove({ folder, path });
  for (const { uri } of open) stores.documents.close(uri);
}
