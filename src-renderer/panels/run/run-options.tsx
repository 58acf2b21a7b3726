/** What is run on and how: the sample, its target type and the time it may take. They change the request itself. */
import { Menu, NumberInput, Select } from '@mantine/core';
import type { Sample } from '@shared/contracts';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { type RunEdits, sampleKey } from '../../stores/runs';
import { formatBytes } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import styles from './run-panel.module.css';

interface RunOptionsProps {
  readonly folder: string;
  readonly samples: readonly Sample[];
  readonly sample: Sample;
}

const NO_EDITS: RunEdits = {};
const LONGEST_TIMEOUT = 86_400;
const ORIGINS: readonly (readonly [Sample['origin'], string])[] = [
  ['samples', "In the plugin's samples folder"],
  ['chosen', 'Chosen'],
  ['pasted', 'Pasted'],
];

export const sampleIcon = (kind: Sample['kind']) =>
  kind === 'folder' ? 'folder' : kind === 'text' ? 'clippy' : 'file-code';

const labelOf = ({ name, kind, size }: Sample) => (kind === 'folder' ? `${name}/` : `${name} · ${formatBytes(size)}`);

export function RunOptions({ folder, samples, sample }: RunOptionsProps) {
  const { runs, workbench, commands } = useStores();
  const edits = useStore(runs, (state) => state.edits[sampleKey(folder, sample.id)] ?? NO_EDITS);
  const data = useMemo(
    () =>
      ORIGINS.map(([origin, group]) => ({
        group,
        items: samples
          .filter((each) => each.origin === origin)
          .map((each) => ({ value: each.id, label: labelOf(each) })),
      })).filter(({ items }) => items.length > 0),
    [samples],
  );

  const change = (field: 'target_type' | 'timeout', value: unknown) => {
    const { [field]: _, ...others } = edits.request ?? {};
    const request = value === undefined ? others : { ...others, [field]: value };
    runs.editRun(folder, sample.id, {
      ...edits,
      request: Object.keys(request).length === 0 ? undefined : request,
    });
  };

  return (
    <div className={styles.options} role="toolbar" aria-label="What to run on">
      <Select
        aria-label="Sample"
        className={styles.sample ?? ''}
        leftSection={<Icon name={sampleIcon(sample.kind)} size={14} />}
        data={data}
        value={sample.id}
        allowDeselect={false}
        searchable={samples.length > 8}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        onChange={(id) => workbench.setActiveSample(folder, id ?? undefined)}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton icon="add" label="Add a sample" />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="file" size={14} />} onClick={() => commands.run('samples.chooseFile')}>
            Choose file…
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="folder" size={14} />}
            onClick={() => commands.run('samples.chooseFolder')}
          >
            Choose folder…
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="clippy" size={14} />} onClick={() => commands.run('samples.paste')}>
            Paste text…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TargetType
        folder={folder}
        value={typeof edits.request?.target_type === 'string' ? edits.request.target_type : undefined}
        onChange={(value) => change('target_type', value)}
      />
      <NumberInput
        aria-label="Timeout in seconds"
        className={styles.timeout ?? ''}
        placeholder="300 s"
        suffix=" s"
        min={1}
        max={LONGEST_TIMEOUT}
        allowNegative={false}
        hideControls
        value={typeof edits.request?.timeout === 'number' ? edits.request.timeout : ''}
        onChange={(value) => change('timeout', typeof value === 'number' && value > 0 ? value : undefined)}
      />
    </div>
  );
}

const GUESSED = '';

interface TargetTypeProps {
  readonly folder: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** The plugin is asked for its types when the list is opened, since that starts it. */
function TargetType({ folder, value, onChange }: TargetTypeProps) {
  const client = useClient();
  const { notices } = useStores();
  const [types, setTypes] = useState<readonly string[]>([]);
  const known = value === undefined || types.includes(value) ? types : [value, ...types];
  return (
    <Select
      aria-label="Target type"
      className={styles.target ?? ''}
      data={[{ value: GUESSED, label: 'Type: guessed' }, ...known.map((type) => ({ value: type, label: type }))]}
      value={value ?? GUESSED}
      allowDeselect={false}
      onDropdownOpen={() =>
        void client.runs.listChoices({ folder }).then(({ target_type = [] }) => setTypes(target_type), notices.report)
      }
      onChange={(next) => onChange(next === null || next === GUESSED ? undefined : next)}
    />
  );
}
