/** The registry configuration that holds, as it changes. */
import type { RegistryState } from '@shared/contracts';
import { useEffect, useState } from 'react';
import { useClient, useStores } from '../../stores/context';

export function useRegistry(): RegistryState | undefined {
  const client = useClient();
  const { notices } = useStores();
  const [registry, setRegistry] = useState<RegistryState>();
  useEffect(() => {
    let isGone = false;
    const read = () =>
      void client.studio.readRegistry({}).then(
        (state) => isGone || setRegistry(state),
        (error: unknown) => isGone || notices.report(error),
      );
    const stops = [
      client.studio.on('didChangeRegistry', setRegistry),
      // Another host may have read another file.
      client.connection.onDidReconnect.on(read),
    ];
    read();
    return () => {
      isGone = true;
      for (const stop of stops) stop();
    };
  }, [client, notices]);
  return registry;
}
