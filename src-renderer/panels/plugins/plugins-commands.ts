/** The life of the active plugin, from anywhere in the window. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../../client/studio-client';
import type { Stores } from '../../stores/stores';
import { type Action, possible } from './model';

const COMMANDS: readonly (readonly [action: Action, title: string, icon: string])[] = [
  ['start', 'Start Plugin', 'debug-start'],
  ['stop', 'Stop Plugin', 'debug-stop'],
  ['restart', 'Restart Plugin', 'debug-restart'],
  ['reload', 'Reload Plugin', 'refresh'],
  ['load', 'Load Plugin', 'arrow-down'],
  ['unload', 'Unload Plugin', 'debug-disconnect'],
  ['checkHealth', 'Check Health of Plugin', 'heart'],
  ['release', 'Release Plugin from Quarantine', 'circle-slash'],
];

export function registerPluginsCommands({ commands, plugins, workbench }: Stores, client: StudioClient): Dispose {
  const status = () => plugins.getState().statuses[workbench.getState().activeFolder ?? ''];
  const disposes = COMMANDS.map(([action, title, icon]) =>
    commands.register({
      id: `plugin.${action}`,
      title,
      category: 'Plugin',
      icon,
      isEnabled() {
        const now = status();
        return now !== undefined && possible(action, now);
      },
      async run() {
        const folder = status()?.folder;
        if (folder !== undefined) await client.plugins[action]({ folder });
      },
    }),
  );
  return () => {
    for (const dispose of disposes) dispose();
  };
}
