/** The side bar: the opened plugins with their files above, the samples of the active one below. */
import type { ReactNode } from 'react';
import { useClient, useStores } from '../../stores/context';
import { IconButton } from '../../ui/icon-button';
import { Splitter } from '../../ui/splitter';
import styles from './explorer.module.css';
import { explorerStore } from './explorer-store';
import { PluginTree } from './plugin-tree';
import { AddSample, SampleList } from './sample-list';

export function Explorer() {
  const client = useClient();
  const stores = useStores();
  const { commands, notices } = stores;
  return (
    <Splitter label="Height of the plugins" direction="rows" initial={372} min={96} minRest={96}>
      <Section
        title="Plugins"
        actions={
          <>
            <IconButton
              icon="new-folder"
              label="Open folder"
              keys="Ctrl+O"
              onClick={() => commands.run('file.openFolder')}
            />
            <IconButton
              icon="refresh"
              label="Refresh files"
              onClick={() => void explorerStore(client, stores).refresh().catch(notices.report)}
            />
          </>
        }
      >
        <PluginTree />
      </Section>
      <Section title="Samples" actions={<AddSample />}>
        <SampleList />
      </Section>
    </Splitter>
  );
}

interface SectionProps {
  readonly title: string;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

const Section = ({ title, actions, children }: SectionProps) => (
  <section aria-label={title} className={styles.section}>
    <div className={styles.header}>
      <h2 className={styles.title}>{title}</h2>
      {actions}
    </div>
    <div className={styles.body}>{children}</div>
  </section>
);
