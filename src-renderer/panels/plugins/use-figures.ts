/** The figures of a plugin, read again whenever the host says that they are others. */
import type { PluginFigures } from '@shared/contracts';
import { useEffect, useState } from 'react';
import { useClient, useStores } from '../../stores/context';

export function useFigures(folder: string): PluginFigures | undefined {
  const client = useClient();
  const { notices } = useStores();
  const [figures, setFigures] = useState<PluginFigures>();
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const next = await client.plugins.readFigures({ folder });
      if (!isGone) setFigures(next);
    };
    const readOrSay = () => void read().catch((error: unknown) => isGone || notices.report(error));
    const stop = client.plugins.on('didChangeFigures', (changed) => changed.folder === folder && readOrSay());
    readOrSay();
    return () => {
      isGone = true;
      stop();
    };
  }, [client, folder, notices]);
  return figures;
}
