/** The life of the active plugin. */
import type { StudioClient } from '../client/studio-client';
import type { Command } from '../stores/commands';
import type { Stores } from '../stores/stores';

export function pluginCommands({ plugins, workbench }: Stores, client: StudioClient): Command[] {
  const category = 'Plugin';
  const folder = () => workbench.getState().activeFolder;
  const state = () => plugins.getState().statuses[folder() ?? '']?.state;
  const isUp = () => ['ready', 'running', 'initializing', 'loading', 'loaded'].includes(state() ?? '');
  const call = (name: 'start' | 'stop' | 'restart') => async () => {
    const active = folder();
    if (active !== undefined) await client.plugins[name]({ folder: active });
  };
  return [
    {
      id: 'plugin.start',
      title: 'Start Plugin',
      category,
      icon: 'debug-start',
      isEnabled: () => folder() !== undefined && !isUp(),
      run: call('start'),
    },
    {
      id: 'plugin.restart',
      title: 'Restart Plugin',
      category,
      icon: 'debug-restart',
      isEnabled: () => folder() !== undefined,
      run: call('restart'),
    },
    { id: 'plugin.stop', title: 'Stop Plugin', category, icon: 'debug-stop', isEnabled: isUp, run: call('stop') },
  ];
}
