/** Files: going to one, saving, closing. */
import type { StudioClient } from '../client/studio-client';
import type { Command } from '../stores/commands';
import type { Stores } from '../stores/stores';
import type { AppParts } from './app-context';
import { hasUnsaved, mayCloseTexts } from './open-documents';

export function fileCommands(stores: Stores, client: StudioClient, { dock, palette }: AppParts): Command[] {
  const { documents, configurations, plugins, workbench } = stores;
  const category = 'File';
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
        const target = dock.getState().activeEditor;
        if (target?.kind === 'configuration') await configurations.save(target.folder);
        const document = target?.kind === 'file' ? documents.find(target.folder, target.path) : undefined;
        if (document !== undefined) await documents.save(document.uri);
      },
    },
    {
      id: 'file.saveAll',
      title: 'Save All',
      category,
      key: 'Ctrl+Alt+S',
      icon: 'save-all',
      isEnabled: () => hasUnsaved(stores),
      run: async () => void (await Promise.all([documents.saveAll(), configurations.saveAll()])),
    },
    {
      id: 'file.revertConfiguration',
      title: 'Revert Configuration',
      category,
      icon: 'discard',
      isEnabled: () => configurations.isUnsaved(workbench.getState().activeFolder ?? ''),
      run() {
        const folder = workbench.getState().activeFolder;
        if (folder !== undefined) configurations.revert(folder);
      },
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
        if (!(await mayCloseTexts(stores, targets))) return;
        dock.dropEditors((target) => target.folder === folder);
        await plugins.close(folder);
      },
    },
  ];
}
