/** The window's own commands. Panels bring theirs themselves. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../client/studio-client';
import type { Stores } from '../stores/stores';
import type { AppParts } from './app-context';
import { fileCommands } from './file-commands';
import { helpCommands } from './help-commands';
import { viewCommands } from './view-commands';

export function registerAppCommands(stores: Stores, client: StudioClient, app: AppParts): Dispose {
  const all = [...fileCommands(stores, client, app), ...viewCommands(stores, app), ...helpCommands(stores, app)];
  const disposals = all.map(stores.commands.register);
  return () => {
    for (const dispose of disposals) dispose();
  };
}
