/** What the filter understands, with an example of each. */
import { Popover } from '@mantine/core';
import { useState } from 'react';
import { IconButton } from '../../ui/icon-button';
import styles from './filter-help.module.css';

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['type:security.**', 'Types: * is one segment, ** any number of them'],
  ['type:scan.*,analysis.*', 'One or the other'],
  ['-type:system.**', 'All but these; -source: too'],
  ['priority>=high', 'This priority and higher: critical, high, medium, low'],
  ['source:static-analyzer*', 'Who published it'],
  ['tag:injection', 'Events that carry the tag'],
  ['correlation:run-41', 'All that followed from one request'],
  ['sql injection', 'Both words, anywhere in the event'],
  ['"sql injection"', 'Exactly this text'],
];

export function FilterHelp() {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" withinPortal trapFocus={false}>
      <Popover.Target>
        <IconButton
          icon="question"
          label="What can be filtered"
          iconSize={14}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={styles.list} aria-label="Filter examples">
          {EXAMPLES.map(([example, meaning]) => (
            <div key={example} className={styles.row}>
              <dt>
                <code>{example}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.keys}>/ goes to the filter, P pauses, J and K move, Enter opens.</p>
      </Popover.Dropdown>
    </Popover>
  );
}
