/** The file API in the plugin's hands. */
import type { PluginFiles } from '@shared/sdk/files';
import { base64Of, bytesFrom, textFrom } from './bytes';
import type { HostAccess } from './host-access';

export function createPluginFiles({ perform }: HostAccess): PluginFiles {
  const write = async (path: string, content: string | Uint8Array, append: boolean) => {
    await perform('file-write', { path, base64: base64Of(content, 'The content'), append });
  };
  return {
    readText: async (path) => textFrom((await perform('file-read', { path })).base64),
    readBytes: async (path) => bytesFrom((await perform('file-read', { path })).base64),
    write: (path, content) => write(path, content, false),
    append: (path, content) => write(path, content, true),
    list: (path) => perform('file-list', { path }),
    stat: async (path) => (await perform('file-stat', { path })) ?? undefined,
    async makeFolder(path) {
      await perform('folder-make', { path });
    },
    async remove(path) {
      await perform('file-remove', { path });
    },
  };
}
