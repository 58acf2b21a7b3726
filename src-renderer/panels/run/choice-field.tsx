/** One field of the request beside the sample. The plugin is asked for its choices when the list is opened, since that starts it. */
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useClient, useStores } from '../../stores/context';
import styles from './run-panel.module.css';

export interface ChoiceOfRequest {
  readonly field: string;
  readonly label: string;
  /** What is said while nothing is chosen. */
  readonly unset: string;
}

interface ChoiceFieldProps {
  readonly folder: string;
  readonly choice: ChoiceOfRequest;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

const UNSET = '';

export function ChoiceField({ folder, choice, value, onChange }: ChoiceFieldProps) {
  const client = useClient();
  const { notices } = useStores();
  const [names, setNames] = useState<readonly string[]>([]);
  const known = value === undefined || names.includes(value) ? names : [value, ...names];
  return (
    <Select
      aria-label={choice.label}
      className={styles.target ?? ''}
      data={[{ value: UNSET, label: choice.unset }, ...known.map((name) => ({ value: name, label: name }))]}
      value={value ?? UNSET}
      allowDeselect={false}
      onDropdownOpen={() =>
        void client.runs.listChoices({ folder }).then((all) => setNames(all[choice.field] ?? []), notices.report)
      }
      onChange={(next) => onChange(next === null || next === UNSET ? undefined : next)}
    />
  );
}
