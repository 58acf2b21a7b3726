/**
 * Says that the host is away, and what will come of it. The desktop window starts another host; a browser's window goes
 * on only with a studio on the same port, so its unsaved text can be taken out.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../stores/context';
import { Delayed } from '../ui/delayed';
import { Icon } from '../ui/icon';
import styles from './connection-banner.module.css';
import { unsavedTexts } from './open-documents';
import { whatComesOfLoss } from './what-comes-of-loss';

export function ConnectionBanner() {
  const { workbench } = useStores();
  const { native } = useClient();
  const connection = useStore(workbench, (state) => state.connection);
  if (connection === 'open') return undefined;
  return (
    <Delayed after={connection === 'closed' ? 0 : 1000}>
      <div role="alert" className={styles.banner}>
        <Icon name="loading" spin />
        <span className={styles.text}>
          {connection === 'closed' ? whatComesOfLoss(native !== undefined, location.port) : 'Connecting to the host.'}
        </span>
        {connection === 'closed' && native === undefined && <UnsavedTexts />}
      </div>
    </Delayed>
  );
}

function UnsavedTexts() {
  const stores = useStores();
  // Drawn again as texts are changed, saved and closed.
  useStore(stores.documents, (state) => state.documents);
  useStore(stores.configurations, (state) => state.configurations);
  return (
    <div className={styles.unsaved}>
      {unsavedTexts(stores).map(({ key, name }) => (
        <CopyUnsaved key={key} name={name} textKey={key} />
      ))}
    </div>
  );
}

function CopyUnsaved({ name, textKey }: { readonly name: string; readonly textKey: string }) {
  const stores = useStores();
  const [copied, setCopied] = useState<string>();
  const text = () => unsavedTexts(stores).find(({ key }) => key === textKey)?.text ?? '';
  const copy = () => {
    const taken = text();
    navigator.clipboard.writeText(taken).then(() => setCopied(taken), stores.notices.report);
  };
  return (
    <Button size="compact-xs" onClick={copy}>
      {copied !== undefined && copied === text() ? `Copied ${name}` : `Copy unsaved ${name}`}
    </Button>
  );
}
