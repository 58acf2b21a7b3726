/** Opening plugins and bringing samples. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../../client/studio-client';
import type { Command } from '../../stores/commands';
import type { Stores } from '../../stores/stores';
import { askForPath } from './browse-dialog';
import { askForExample } from './example-dialog';
import { explorerStore } from './explorer-store';
import { askForPastedText } from './paste-dialog';

export function registerExplorerCommands(stores: Stores, client: StudioClient): Dispose {
  const { commands, plugins, runs, workbench } = stores;
  const activeFolder = () => workbench.getState().activeFolder;
  const hasPlugin = () => activeFolder() !== undefined;

  const showPlugin = ({ folder }: { readonly folder: string }) => {
    workbench.setActiveFolder(folder);
    workbench.openEditor({ kind: 'file', folder, path: 'plugin.json' });
  };

  const showSample = (folder: string, sampleId: string) => {
    workbench.setActiveSample(folder, sampleId);
    workbench.openEditor({ kind: 'sample', folder, sampleId });
  };

  const chooseSample = (pick: 'file' | 'folder') => async () => {
    const folder = activeFolder();
    if (folder === undefined) return;
    await askForPath(client, {
      title: pick === 'file' ? 'Choose a file as sample' : 'Choose a folder as sample',
      pick,
      submitLabel: 'Add sample',
      take: async (path) => showSample(folder, (await runs.chooseSample(folder, path)).id),
    });
  };

  const begin = (mode: 'file' | 'folder') => () => {
    const folder = activeFolder();
    if (folder === undefined) return;
    workbench.revealPanel('explorer');
    explorerStore(client, stores).name({ mode, node: { folder, path: '' } });
  };

  const own: Command[] = [
    {
      id: 'file.openFolder',
      title: 'Open Folder…',
      category: 'File',
      key: 'Ctrl+O',
      icon: 'folder-opened',
      run: () =>
        askForPath(client, {
          title: 'Open a plugin',
          pick: 'folder',
          submitLabel: 'Open',
          take: async (path) => showPlugin(await plugins.open(path)),
        }),
    },
    {
      id: 'file.openExample',
      title: 'Open Example…',
      category: 'File',
      icon: 'mortar-board',
      run: async () =>
        askForExample(await client.workspace.listExamples({}), async (name) =>
          showPlugin(await plugins.openExample(name)),
        ),
    },
    {
      id: 'file.newFile',
      title: 'New File…',
      category: 'File',
      icon: 'new-file',
      isEnabled: hasPlugin,
      run: begin('file'),
    },
    {
      id: 'file.newFolder',
      title: 'New Folder…',
      category: 'File',
      icon: 'new-folder',
      isEnabled: hasPlugin,
      run: begin('folder'),
    },
    {
      id: 'samples.chooseFile',
      title: 'Choose Sample File…',
      category: 'Samples',
      icon: 'file',
      isEnabled: hasPlugin,
      run: chooseSample('file'),
    },
    {
      id: 'samples.chooseFolder',
      title: 'Choose Sample Folder…',
      category: 'Samples',
      icon: 'folder',
      isEnabled: hasPlugin,
      run: chooseSample('folder'),
    },
    {
      id: 'samples.paste',
      title: 'Paste Sample Text…',
      category: 'Samples',
      icon: 'clippy',
      isEnabled: hasPlugin,
      run: async () => {
        const folder = activeFolder();
        if (folder === undefined) return;
        await askForPastedText(async (name, text) =>
          showSample(folder, (await runs.pasteSample(folder, name, text)).id),
        );
      },
    },
    {
      id: 'explorer.refresh',
      title: 'Refresh Files',
      category: 'Explorer',
      icon: 'refresh',
      run: () => explorerStore(client, stores).refresh(),
    },
  ];
  const disposals = own.map(commands.register);
  return () => {
    for (const dispose of disposals) dispose();
  };
}
