/** What the filter understands, with an example of each. */
import { Popover } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import styles from './filter-help.module.css';
import { IconButton } from './icon-button';

export interface FilterExamples {
  /** What is typed, and what it means. */
  readonly examples: readonly (readonly [string, string])[];
  /** The keys of the list that is filtered. */
  readonly keys: string;
}

export function FilterHelp({ examples, keys }: FilterExamples) {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !opened) return;
    event.stopPropagation();
    setOpened(false);
    button.current?.focus();
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" withinPortal trapFocus={false}>
      <Popover.Target>
        <IconButton
          ref={button}
          onKeyDown={close}
          icon="question"
          label="What can be filtered"
          iconSize={14}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown onKeyDown={close}>
        <dl className={styles.list} aria-label="Filter examples">
          {examples.map(([example, meaning]) => (
            <div key={example} className={styles.row}>
              <dt>
                <code>{example}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.keys}>{keys}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
