/** The registered commands, anew whenever one comes or goes. */
import { useSyncExternalStore } from 'react';
import type { Command } from '../stores/commands';
import { useStores } from '../stores/context';

export function useCommands(): readonly Command[] {
  const { commands } = useStores();
  return useSyncExternalStore(commands.subscribe, commands.list);
}
