/** Permissions from anywhere in the window. */
import type { Dispose } from '@shared/rpc';
import type { Command } from '../../stores/commands';
import type { Stores } from '../../stores/stores';
import { permissionsViewOf } from './permissions-view';

export const ANSWER_COMMAND = 'permissions.answer';

export function registerPermissionsCommands(stores: Stores): Dispose {
  const { commands, workbench, permissions } = stores;
  const view = permissionsViewOf(stores);
  const folder = () => workbench.getState().activeFolder;
  const isRecording = () => permissions.getState().states[folder() ?? '']?.recording === true;
  const category = 'Permissions';

  const record = (on: boolean) => async () => {
    const active = folder();
    if (active === undefined) return;
    view.setState({ tab: 'recorder' });
    workbench.revealPanel('permissions');
    await permissions.setRecording(active, on);
  };

  const own: Command[] = [
    {
      id: ANSWER_COMMAND,
      title: 'Answer the Plugin’s Question',
      category,
      key: 'Ctrl+Shift+Y',
      icon: 'question',
      isEnabled: () => permissions.getState().questions.length > 0,
      run: () => view.setState(({ visits }) => ({ visits: visits + 1 })),
    },
    {
      id: 'permissions.startRecording',
      title: 'Record What the Plugin Uses',
      category,
      icon: 'record',
      isEnabled: () => folder() !== undefined && !isRecording(),
      run: record(true),
    },
    {
      id: 'permissions.stopRecording',
      title: 'Stop Recording What the Plugin Uses',
      category,
      icon: 'stop-circle',
      isEnabled: isRecording,
      run: record(false),
    },
  ];
  const disposes = own.map(commands.register);
  return () => {
    for (const dispose of disposes) dispose();
  };
}
