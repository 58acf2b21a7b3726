/** What is run on and how: the sample, its target type and the time it may take. They change the request itself. */
import { Menu, NumberInput, Select } from '@mantine/core';
import type { RunSummary, Sample } from '@shared/contracts';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { type RunEdits, sampleKey } from '../../stores/runs';
import { formatBytes } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { ChoiceField, type ChoiceOfRequest } from './choice-field';
import { limitWords } from './run-limits';
import styles from './run-panel.module.css';
import { usePluginType } from './use-active-sample';

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

const CHOICES: Readonly<Record<RunSummary['pluginType'], readonly ChoiceOfRequest[]>> = {
  analyzer: [{ field: 'target_type', label: 'Target type', unset: 'Type: guessed' }],
  enricher: [{ field: 'data_type', label: 'Data type', unset: 'Type: guessed' }],
  scanner: [
    { field: 'scan_type', label: 'Scan type', unset: 'Given type' },
    { field: 'scan_profile', label: 'Profile', unset: 'Given profile' },
  ],
  notifier: [],
  processor: [],
  connector: [],
};

/** In seconds, as the contract has them. */
const DEFAULT_TIMEOUTS: Readonly<Record<RunSummary['pluginType'], number>> = {
  analyzer: 300,
  enricher: 30,
  scanner: 3600,
  notifier: 300,
  processor: 30,
  connector: 30,
};

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

  const change = (field: string, value: unknown) => {
    const { [field]: _, ...others } = edits.request ?? {};
    const request = value === undefined ? others : { ...others, [field]: value };
    runs.editRun(folder, sample.id, {
      ...edits,
      request: Object.keys(request).length === 0 ? undefined : request,
    });
  };

  const type = usePluginType(folder);
  const chosen = (field: string) => {
    const value = edits.request?.[field];
    return typeof value === 'string' ? value : undefined;
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
      {CHOICES[type].map((choice) => (
        <ChoiceField
          key={choice.field}
          folder={folder}
          choice={choice}
          value={chosen(choice.field)}
          onChange={(value) => change(choice.field, value)}
        />
      ))}
      <NumberInput
        aria-label="Timeout in seconds"
        className={styles.timeout ?? ''}
        placeholder={`${DEFAULT_TIMEOUTS[type]} s`}
        suffix=" s"
        min={1}
        max={LONGEST_TIMEOUT}
        allowNegative={false}
        hideControls
        value={typeof edits.request?.timeout === 'number' ? edits.request.timeout : ''}
        onChange={(value) => change('timeout', typeof value === 'number' && value > 0 ? value : undefined)}
      />
      {edits.limits !== undefined && (
        <IconButton
          icon="dashboard"
          label={`Runs are limited to ${limitWords(edits.limits)}; show the limits`}
          onClick={() => workbench.revealPanel('request')}
        />
      )}
    </div>
  );
}
