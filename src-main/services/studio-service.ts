/** What the studio runs on, and what it remembers. */
import type { StudioInfo, studioService } from '@shared/contracts';
import type { Listenable, Service } from '@shared/rpc';
import type { RegistryConfig } from '../registry/registry-config';
import type { SettingsStore } from './settings';

export function createStudioService(
  info: StudioInfo,
  settings: SettingsStore,
  registry: Pick<RegistryConfig, 'state' | 'onDidChange'>,
  didFail: Listenable<{ code: string; message: string }>,
): Service<typeof studioService> {
  return {
    calls: {
      info: () => info,
      readSettings: () => settings.read(),
      readRegistry: () => registry.state(),
      writeSettings: async (changes) => {
        // The host keeps the list of open folders itself.
        const { openFolders: _, ...rest } = changes;
        await settings.write(rest);
        return null;
      },
    },
    events: { didFail, didChangeRegistry: registry.onDidChange },
  };
}
