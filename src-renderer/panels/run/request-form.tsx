/** The fields of a request that matter, as a form. What it does not show stays as it is. */
import { SegmentedControl, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { ANALYSIS_DEPTHS } from '@shared/schemas';
import { type ReactNode, useId, useState } from 'react';
import { useClient, useStores } from '../../stores/context';
import type { RequestDocument } from '../../stores/request-edits';
import { formatBytes } from '../../ui/figures';
import styles from './request-panel.module.css';

interface RequestFormProps {
  readonly folder: string;
  readonly document: RequestDocument;
  readonly disabled: boolean;
  readonly onChange: (document: RequestDocument) => void;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
const LONGEST_PREVIEW = 4_000;

export function RequestForm({ folder, document, disabled, onChange }: RequestFormProps) {
  const target = (document.target_data ?? {}) as Readonly<Record<string, unknown>>;
  const content = textOf(target.content);
  const set = (field: string, value: unknown) => onChange({ ...document, [field]: value });
  return (
    <fieldset disabled={disabled} className={styles.fields}>
      <Row label="Target type">
        {(id) => (
          <TargetTypeField
            id={id}
            folder={folder}
            value={textOf(document.target_type)}
            onChange={(value) => set('target_type', value)}
          />
        )}
      </Row>
      <Row label="Depth">
        {(id) => (
          <SegmentedControl
            id={id}
            aria-label="Depth"
            data={[...ANALYSIS_DEPTHS]}
            value={textOf(document.analysis_depth) || 'standard'}
            onChange={(value) => set('analysis_depth', value)}
          />
        )}
      </Row>
      <Row label="File name">
        {(id) => (
          <TextInput
            id={id}
            value={textOf(target.filename)}
            onChange={(event) => set('target_data', { ...target, filename: event.currentTarget.value })}
          />
        )}
      </Row>
      <Row label="Include">
        {(id) => (
          <TagsInput
            id={id}
            size="xs"
            placeholder="Patterns, such as src/**"
            value={textsOf(document.include_patterns)}
            onChange={(value) => set('include_patterns', value)}
          />
        )}
      </Row>
      <Row label="Exclude">
        {(id) => (
          <TagsInput
            id={id}
            size="xs"
            placeholder="Patterns, such as **/*.min.js"
            value={textsOf(document.exclude_patterns)}
            onChange={(value) => set('exclude_patterns', value)}
          />
        )}
      </Row>
      <Row label="Context">
        {(id) => <ContextField id={id} value={document.context} onChange={(value) => set('context', value)} />}
      </Row>
      <Row label={`Content · ${formatBytes(new Blob([content]).size)}`}>
        {(id) => (
          <pre id={id} className={styles.preview}>
            {content.length > LONGEST_PREVIEW ? `${content.slice(0, LONGEST_PREVIEW)}\n…` : content}
          </pre>
        )}
      </Row>
    </fieldset>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface TargetTypeFieldProps {
  readonly id: string;
  readonly folder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TargetTypeField({ id, folder, value, onChange }: TargetTypeFieldProps) {
  const client = useClient();
  const { notices } = useStores();
  const [types, setTypes] = useState<readonly string[]>([]);
  return (
    <Select
      id={id}
      // Asking starts the plugin, which is for the person to begin.
      onDropdownOpen={() =>
        void client.runs.listChoices({ folder }).then(({ target_type = [] }) => setTypes(target_type), notices.report)
      }
      data={types.includes(value) || value === '' ? [...types] : [value, ...types]}
      value={value === '' ? null : value}
      allowDeselect={false}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}

interface ContextFieldProps {
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keeps what is typed while it is no object yet; the request has the last that was. */
function ContextField({ id, value, onChange }: ContextFieldProps) {
  const written = JSON.stringify(value ?? {}, undefined, 2);
  const [typed, setTyped] = useState(written);
  const [problem, setProblem] = useState<string>();
  const [known, setKnown] = useState(written);
  if (known !== written) {
    setKnown(written);
    if (problem === undefined && JSON.stringify(parsed(typed)) !== JSON.stringify(value ?? {})) setTyped(written);
  }
  return (
    <Textarea
      id={id}
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      error={problem}
      value={typed}
      classNames={{ input: styles.code ?? '' }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const next = parsed(text);
        setTyped(text);
        setProblem(isMap(next) ? undefined : 'A context is a JSON object, such as {"team": "payments"}.');
        if (isMap(next)) onChange(next);
      }}
    />
  );
}

/** Undefined where the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
