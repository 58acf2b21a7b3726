/** Files: going to one, saving, closing. */
import type { StudioClient } from '../client/studio-client';
import type { Command } from '../stores/commands';
import type { Stores } from '../stores/stores';
import type { AppParts } from './app-context';
import { mayCloseDocuments } from './open-documents';

export function fileCommands(
  { documents, plugins, workbench }: Stores,
  client: StudioClient,
  { dock, palette }: AppParts,
): Command[] {
  const category = 'File';
  const activeDocument = () => {
    const target = dock.getState().activeEditor;
    return target?.kind === 'file' ? documents.find(target.folder, target.path) : undefined;
  };
  return [
    {
      id: 'file.quickOpen',
      title: 'Go to File…',
      category,
      key: 'Ctrl+P',
      icon: 'go-to-file',
      run: () => palette.show('files'),
    },
    {
      id: 'file.save',
      title: 'Save',
      category,
      key: 'Ctrl+S',
      icon: 'save',
      async run() {
        const document = activeDocument();
        if (document !== undefined) await documents.save(document.uri);
      },
    },
    {
      id: 'file.saveAll',
      title: 'Save All',
      category,
      key: 'Ctrl+Alt+S',
      icon: 'save-all',
      isEnabled: () => Object.values(documents.getState().documents).some(({ dirty }) => dirty),
      run: async () => void (await documents.saveAll()),
    },
    {
      id: 'file.closeEditor',
      title: 'Close Editor',
      category,
      // A browser keeps Ctrl+W for itself.
      key: client.native === undefined ? 'Alt+W' : 'Ctrl+W',
      icon: 'close',
      isEnabled: () => dock.getState().activeEditor !== undefined,
      run: () => dock.closeActiveEditor(),
    },
    {
      id: 'file.closePlugin',
      title: 'Close Plugin',
      category,
      icon: 'root-folder',
      isEnabled: () => workbench.getState().activeFolder !== undefined,
      async run() {
        const folder = workbench.getState().activeFolder;
        if (folder === undefined) return;
        const targets = dock.openTargets().filter((target) => target.folder === folder);
        if (!(await mayCloseDocuments(documents, targets))) return;
        dock.dropEditors((target) => target.folder === folder);
        await plugins.close(folder);
      },
    },
  ];
}
