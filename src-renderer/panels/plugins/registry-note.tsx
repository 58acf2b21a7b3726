/** Which registry configuration holds for all plugins, and what is wrong with it. */
import type { RegistryState } from '@shared/contracts';
import { useEffect, useState } from 'react';
import { useClient, useStores } from '../../stores/context';
import { Icon } from '../../ui/icon';
import styles from './plugins-panel.module.css';

export function RegistryNote() {
  const registry = useRegistry();
  if (registry === undefined) return null;
  const { file, inForce, problem, warnings, unused } = registry;
  return (
    <>
      {problem !== undefined && (
        <div role="status" className={styles.note} data-tone="error">
          <Icon name="error" />
          <div>
            {problem} {inForce === 'last-good' ? 'What it said before holds.' : 'What is built in holds.'}
          </div>
        </div>
      )}
      <p className={styles.dim}>
        {inForce === 'none' ? (
          <>
            Write <code>{file}</code> to set limits and permissions for all plugins.
          </>
        ) : (
          <>
            Registry configuration: <code>{file}</code>
          </>
        )}
      </p>
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      {unused.length > 0 && (
        <p className={styles.dim}>Of no effect before the registry is served: {unused.join(', ')}.</p>
      )}
    </>
  );
}

function useRegistry(): RegistryState | undefined {
  const client = useClient();
  const { notices } = useStores();
  const [registry, setRegistry] = useState<RegistryState>();
  useEffect(() => {
    let isGone = false;
    const stop = client.studio.on('didChangeRegistry', setRegistry);
    client.studio.readRegistry({}).then(
      (state) => isGone || setRegistry(state),
      (error: unknown) => isGone || notices.report(error),
    );
    return () => {
      isGone = true;
      stop();
    };
  }, [client, notices]);
  return registry;
}
