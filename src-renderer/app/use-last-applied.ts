/** When the plugin last took a configuration, and how long it needed. */
import type { ConfigApplied, ConfigState } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { useEffect, useState } from 'react';
import { useClient, useStores } from '../stores/context';

export function useLastApplied(folder: string): ConfigApplied | undefined {
  const client = useClient();
  const { notices } = useStores();
  const [applied, setApplied] = useState<ConfigApplied>();

  useEffect(() => {
    let current = true;
    const take = (state: ConfigState) => {
      if (current && state.folder === folder) setApplied([...state.applied].sort((a, b) => a.at - b.at).at(-1));
    };
    setApplied(undefined);
    const stop = client.config.on('didChange', take);
    client.config.read({ folder }).then(take, (error: unknown) => {
      // Closed, or not connected, in the meantime: then there is nothing to show.
      if (!isStudioError(error, 'workspace/not-open') && !isStudioError(error, 'rpc/closed')) notices.report(error);
    });
    return () => {
      current = false;
      stop();
    };
  }, [client, notices, folder]);

  return applied;
}
