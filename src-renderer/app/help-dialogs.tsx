/** What the studio is, and which keys it knows. */
import { Modal } from '@mantine/core';
import type { StudioInfo } from '@shared/contracts';
import type { Command } from '../stores/commands';
import { askWith } from '../ui/dialogs';
import { Kbd } from '../ui/kbd';
import styles from './help-dialogs.module.css';

export const showAbout = (info: StudioInfo | undefined): Promise<void> =>
  askWith<void>((answer) => (
    <Modal opened onClose={() => answer(undefined)} title="About MCP Plugin Studio" centered size={460}>
      {info === undefined ? (
        'The host is not connected.'
      ) : (
        <dl className={styles.facts}>
          <Fact name="Version" value={info.version} />
          <Fact name="Runtime" value={info.runtime} />
          <Fact name="System" value={info.platform} />
          <Fact name="Isolation" value={info.isolation} />
          <Fact name="Data folder" value={info.dataFolder} />
          <Fact name="License" value="Apache-2.0" />
        </dl>
      )}
    </Modal>
  ));

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

export const showKeys = (commands: readonly Command[]): Promise<void> =>
  askWith<void>((answer) => (
    <Modal opened onClose={() => answer(undefined)} title="Keyboard shortcuts" centered size={520}>
      <dl className={styles.facts}>
        {commands
          .filter(({ key }) => key !== undefined)
          .sort((a, b) => a.category.localeCompare(b.category) || a.title.localeCompare(b.title))
          .map(({ id, category, title, key }) => (
            <div key={id} className={styles.key}>
              <dt>
                {category}: {title}
              </dt>
              <dd>
                <Kbd keys={key ?? ''} />
              </dd>
            </div>
          ))}
      </dl>
    </Modal>
  ));
