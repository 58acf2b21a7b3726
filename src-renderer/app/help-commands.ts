/** What the studio is and what it can do. */
import type { Command } from '../stores/commands';
import type { Stores } from '../stores/stores';
import type { AppParts } from './app-context';
import { showAbout, showKeys } from './help-dialogs';

export function helpCommands({ workbench, commands }: Stores, { palette }: AppParts): Command[] {
  const category = 'Help';
  return [
    {
      id: 'help.allCommands',
      title: 'Show All Commands',
      category,
      key: 'F1',
      icon: 'list-selection',
      run: () => palette.show('commands'),
    },
    { id: 'help.keys', title: 'Keyboard Shortcuts', category, icon: 'keyboard', run: () => showKeys(commands.list()) },
    { id: 'help.about', title: 'About', category, icon: 'info', run: () => showAbout(workbench.getState().info) },
  ];
}
