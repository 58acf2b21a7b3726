/** A configuration for this run alone, as rows of key and value on top of what is in force. */
import { Button, TextInput } from '@mantine/core';
import { type ConfigOverride, overrideProblem } from '../../stores/config-overrides';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import styles from './request-panel.module.css';

interface OverrideRowsProps {
  readonly rows: readonly ConfigOverride[];
  readonly onChange: (rows: readonly ConfigOverride[]) => void;
}

export function OverrideRows({ rows, onChange }: OverrideRowsProps) {
  const replace = (at: number, row: ConfigOverride) => onChange(rows.map((each, place) => (place === at ? row : each)));
  return (
    <section className={styles.overrides} aria-label="Configuration for this run">
      <h3 className={styles.heading}>Configuration for this run</h3>
      <p className={styles.hint}>
        Laid over what is in force, for this sample's runs only. Values are read as YAML; dots lead inside.
      </p>
      {rows.map((row, at) => {
        const problem = overrideProblem(row);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own while it is typed
          <div key={at} className={styles.override}>
            <TextInput
              aria-label={`Key ${at + 1}`}
              placeholder="severity_threshold"
              value={row.key}
              onChange={(event) => replace(at, { ...row, key: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`Value ${at + 1}`}
              placeholder="high"
              value={row.value}
              error={problem}
              onChange={(event) => replace(at, { ...row, value: event.currentTarget.value })}
            />
            <IconButton
              icon="close"
              label={`Remove ${row.key || `row ${at + 1}`}`}
              onClick={() => onChange(rows.filter((_, place) => place !== at))}
            />
          </div>
        );
      })}
      <Button leftSection={<Icon name="add" size={14} />} onClick={() => onChange([...rows, { key: '', value: '' }])}>
        Add a value
      </Button>
    </section>
  );
}
