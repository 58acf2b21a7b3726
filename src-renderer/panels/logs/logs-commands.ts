/** What can be done with the log of the plugins from anywhere in the window. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../../client/studio-client';
import type { Stores } from '../../stores/stores';
import { withTerm } from '../../ui/filter-terms';
import { logsViewOf } from './logs-view';

export function registerLogsCommands(stores: Stores, client: StudioClient): Dispose {
  const { commands, workbench, plugins } = stores;
  const view = logsViewOf(stores, client);
  const category = 'Logs';
  const reveal = () => workbench.revealPanel('plugin-log');
  const activeName = () => {
    const { activeFolder } = workbench.getState();
    return plugins.getState().plugins.find(({ folder }) => folder === activeFolder)?.name;
  };
  const disposes = [
    commands.register({
      id: 'logs.ofPlugin',
      title: 'Show the Logs of This Plugin',
      category,
      icon: 'output',
      isEnabled: () => activeName() !== undefined,
      run() {
        const name = activeName();
        if (name === undefined) return;
        view.log.setText(withTerm('', 'plugin', name));
        view.log.setFollowing(true);
        reveal();
      },
    }),
    commands.register({
      id: 'logs.filter',
      title: 'Filter Logs',
      category,
      icon: 'filter',
      run() {
        reveal();
        view.focusFilter();
      },
    }),
    commands.register({
      id: 'logs.follow',
      title: 'Follow the Newest Log Message',
      category,
      icon: 'arrow-down',
      run() {
        reveal();
        view.log.setFollowing(true);
      },
    }),
    commands.register({ id: 'logs.clear', title: 'Clear All Logs', category, icon: 'clear-all', run: view.clear }),
  ];
  return () => {
    for (const dispose of disposes) dispose();
  };
}
