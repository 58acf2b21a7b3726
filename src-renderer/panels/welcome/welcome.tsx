/** The centre while nothing is open in it: the ways to begin. */
import { Button } from '@mantine/core';
import type { Example, RecentPlugin } from '@shared/contracts';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { Chip } from '../../ui/chip';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { Skeleton } from '../../ui/skeleton';
import styles from './welcome.module.css';

interface Offers {
  readonly examples: readonly Example[];
  readonly recent: readonly RecentPlugin[];
}

function useOffers(): Offers | undefined {
  const client = useClient();
  const { notices, plugins, workbench } = useStores();
  const [offers, setOffers] = useState<Offers>();
  const opened = useStore(plugins, (state) => state.plugins);
  const connection = useStore(workbench, (state) => state.connection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is recent changes with what is opened
  useEffect(() => {
    if (connection !== 'open') return;
    let current = true;
    Promise.all([client.workspace.listExamples({}), client.workspace.listRecent({})]).then(
      ([examples, recent]) => current && setOffers({ examples, recent }),
      notices.report,
    );
    return () => {
      current = false;
    };
  }, [client, notices, connection, opened]);
  return offers;
}

export function Welcome() {
  const { commands, workbench, notices } = useStores();
  const offers = useOffers();

  const opening = (work: Promise<{ folder: string }>) =>
    work.then(({ folder }) => {
      workbench.setActiveFolder(folder);
      workbench.openEditor({ kind: 'file', folder, path: 'plugin.json' });
    }, notices.report);

  return (
    <section aria-label="Welcome" className={styles.welcome}>
      <div className={styles.content}>
        <h1 className={styles.title}>MCP Plugin Studio</h1>
        <p className={styles.lead}>Write a plugin, run it against real samples and see what it finds.</p>
        <div className={styles.actions}>
          <Button
            variant="filled"
            leftSection={<Icon name="folder-opened" />}
            rightSection={<Kbd keys="Ctrl+O" />}
            onClick={() => commands.run('file.openFolder')}
          >
            Open folder…
          </Button>
        </div>
        {offers === undefined ? (
          <Skeleton rows={4} label="Looking for examples" />
        ) : (
          <div className={styles.sections}>
            {/* Who has been here before goes on with that. A heading stands over something, or not at all. */}
            {offers.recent.length > 0 && <RecentPlugins offers={offers} opening={opening} />}
            {offers.examples.length > 0 && <Examples offers={offers} opening={opening} />}
          </div>
        )}
      </div>
    </section>
  );
}

interface OffersProps {
  readonly offers: Offers;
  /** Shows the plugin once it is open. */
  readonly opening: (work: Promise<{ folder: string }>) => Promise<void>;
}

function Examples({ offers, opening }: OffersProps) {
  const { plugins } = useStores();
  return (
    <Section title="Examples">
      {offers.examples.map(({ name, description, pluginType }) => (
        <button
          key={name}
          type="button"
          className={styles.offer}
          onClick={() => void opening(plugins.openExample(name))}
        >
          <span className={styles.name}>{name}</span>
          <Chip>{pluginType}</Chip>
          <span className={styles.text}>{description}</span>
        </button>
      ))}
    </Section>
  );
}

function RecentPlugins({ offers, opening }: OffersProps) {
  const { plugins } = useStores();
  return (
    <Section title="Recent">
      {offers.recent.map(({ folder, name }) => (
        <button key={folder} type="button" className={styles.offer} onClick={() => void opening(plugins.open(folder))}>
          <span className={styles.name}>{name}</span>
          <span className={styles.path} title={folder}>
            {folder}
          </span>
        </button>
      ))}
    </Section>
  );
}

interface SectionProps {
  readonly title: string;
  readonly children: React.ReactNode;
}

const Section = ({ title, children }: SectionProps) => (
  <div className={styles.section}>
    <h2 className={styles.heading}>{title}</h2>
    {children}
  </div>
);
