/** Says that the host is away. It comes back by itself; nothing that was typed is lost meanwhile. */
import { useStore } from 'zustand';
import { useStores } from '../stores/context';
import { Delayed } from '../ui/delayed';
import { Icon } from '../ui/icon';
import styles from './connection-banner.module.css';

export function ConnectionBanner() {
  const { workbench } = useStores();
  const connection = useStore(workbench, (state) => state.connection);
  if (connection === 'open') return undefined;
  return (
    <Delayed after={connection === 'closed' ? 0 : 1000}>
      <div role="alert" className={styles.banner}>
        <Icon name="loading" spin />
        {connection === 'closed'
          ? 'The connection to the host is lost. Reconnecting; what you typed is kept.'
          : 'Connecting to the host.'}
      </div>
    </Delayed>
  );
}
