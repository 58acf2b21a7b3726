/** Running tests from anywhere in the window. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../../client/studio-client';
import type { Command } from '../../stores/commands';
import type { Stores } from '../../stores/stores';
import { failedIds } from './model';
import { testsViewOf } from './tests-view';

export function registerTestsCommands(stores: Stores, client: StudioClient): Dispose {
  const { commands, workbench } = stores;
  const view = testsViewOf(stores, client);
  const folder = () => workbench.getState().activeFolder;
  const state = () => view.getState().states[folder() ?? ''];
  const isRunning = () => state()?.activity === 'running';
  const category = 'Tests';

  /** Does something with the plugin that is active. */
  const active = (work: (folder: string) => Promise<void>) => async () => {
    const current = folder();
    if (current !== undefined) await work(current);
  };
  const shown = (work: (folder: string) => Promise<void>) =>
    active(async (current) => {
      workbench.revealPanel('tests');
      await work(current);
    });

  const own: Command[] = [
    {
      id: 'tests.run',
      title: 'Run All Tests',
      category,
      key: 'Ctrl+Shift+Enter',
      icon: 'run-all',
      isEnabled: () => folder() !== undefined && !isRunning(),
      run: shown((current) => view.run(current)),
    },
    {
      id: 'tests.runFailed',
      title: 'Run Failed Tests',
      category,
      icon: 'run-errors',
      isEnabled: () => {
        const known = state();
        return known !== undefined && !isRunning() && failedIds(known).length > 0;
      },
      run: shown((current) => view.runFailed(current)),
    },
    {
      id: 'tests.stop',
      title: 'Stop the Tests',
      category,
      icon: 'debug-stop',
      isEnabled: isRunning,
      run: active((current) => view.cancel(current)),
    },
    {
      id: 'tests.createFirst',
      title: 'Write the First Test',
      category,
      icon: 'new-file',
      isEnabled: () => folder() !== undefined,
      run: shown(async (current) => {
        const path = await view.createFirst(current);
        workbench.openEditor({ kind: 'file', folder: current, path });
      }),
    },
  ];
  const disposes = own.map(commands.register);
  return () => {
    for (const dispose of disposes) dispose();
  };
}
