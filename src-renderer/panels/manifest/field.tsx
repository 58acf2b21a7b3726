/** One field of the manifest: its label, its control, what it is for, or what is wrong with it and the fix. */
import { Input, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './manifest-form.module.css';
import { useManifestForm } from './manifest-form-context';
import { problemsAt } from './model';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
}

/** The first problem of a field as a sentence with its fixes as links. */
function useProblem(name: string): ReactNode {
  const { diagnostics, applyFix } = useManifestForm();
  const [problem] = problemsAt(diagnostics, `/${name}`);
  if (problem === undefined) return undefined;
  return (
    <span data-severity={problem.severity} className={classes.problem}>
      {problem.message}{' '}
      {problem.fixes?.map((fix) => (
        <button key={fix.title} type="button" className={classes.fix} onClick={() => applyFix(fix)}>
          {fix.title}
        </button>
      ))}
    </span>
  );
}

function useField({ name, label, help }: FieldProps) {
  const { document, set, endStep, broken } = useManifestForm();
  const error = useProblem(name);
  return {
    value: document[name],
    set: (value: unknown) => set([name], value),
    common: { label, description: error === undefined ? help : undefined, error, disabled: broken, onBlur: endStep },
  };
}

const asText = (value: unknown) => (value === undefined || value === null ? '' : String(value));
const asTexts = (value: unknown) => (Array.isArray(value) ? value.map(asText) : []);

export function TextField({ mono, ...props }: FieldProps & { readonly mono?: boolean }) {
  const { value, set, common } = useField(props);
  return (
    <TextInput
      {...common}
      value={asText(value)}
      onChange={(event) => set(event.currentTarget.value)}
      classNames={mono ? { input: classes.mono } : {}}
    />
  );
}

export function LongTextField(props: FieldProps) {
  const { value, set, common } = useField(props);
  return (
    <Textarea
      {...common}
      autosize
      minRows={2}
      maxRows={8}
      value={asText(value)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

export function ChoiceField({ choices, ...props }: FieldProps & { readonly choices: readonly string[] }) {
  const { value, set, common } = useField(props);
  const current = asText(value);
  // What the document holds is shown, also where it is not one of the choices: its problem says so.
  const shown = current === '' || choices.includes(current) ? choices : [...choices, current];
  return (
    <Select
      {...common}
      data={[...shown]}
      value={current === '' ? null : current}
      onChange={(next) => next !== null && set(next)}
      allowDeselect={false}
    />
  );
}

export function WordsField({ placeholder, ...props }: FieldProps & { readonly placeholder: string }) {
  const { value, set, common } = useField(props);
  return <TagsInput {...common} placeholder={placeholder} value={asTexts(value)} onChange={set} splitChars={[',']} />;
}

export function NumberField({
  min,
  max,
  fallback,
  ...props
}: FieldProps & { readonly min: number; readonly max: number; readonly fallback: number }) {
  const { value, set, common } = useField(props);
  return (
    <NumberInput
      {...common}
      value={typeof value === 'number' ? value : fallback}
      min={min}
      max={max}
      allowDecimal={false}
      onChange={(next) => set(next === '' ? undefined : Number(next))}
    />
  );
}

export function FlagField({ fallback, ...props }: FieldProps & { readonly fallback: boolean }) {
  const { value, set, common } = useField(props);
  const { onBlur, ...shown } = common;
  return (
    <Switch
      {...shown}
      checked={typeof value === 'boolean' ? value : fallback}
      onChange={(event) => {
        set(event.currentTarget.checked);
        onBlur();
      }}
    />
  );
}

/** A part of `capabilities` that is a list of words. */
export function CapabilityWords({ name, label, help, placeholder }: FieldProps & { readonly placeholder: string }) {
  const { document, set, endStep, broken } = useManifestForm();
  const error = useProblem(`capabilities/${name}`);
  const capabilities = document.capabilities as Record<string, unknown> | undefined;
  return (
    <TagsInput
      label={label}
      description={error === undefined ? help : undefined}
      error={error}
      disabled={broken}
      placeholder={placeholder}
      value={asTexts(capabilities?.[name])}
      onChange={(next) => set(['capabilities', name], next)}
      onBlur={endStep}
      splitChars={[',']}
    />
  );
}

export function SectionProblems({ pointer }: { readonly pointer: string }) {
  const { diagnostics, applyFix, showInJson } = useManifestForm();
  const found = problemsAt(diagnostics, pointer);
  const id = useId();
  if (found.length === 0) return null;
  return (
    <Input.Wrapper>
      {found.map((problem) => (
        <Input.Error key={`${id}${problem.code}${problem.pointer}`} component="div">
          <span data-severity={problem.severity} className={classes.problem}>
            {problem.message}{' '}
            {problem.fixes?.map((fix) => (
              <button key={fix.title} type="button" className={classes.fix} onClick={() => applyFix(fix)}>
                {fix.title}
              </button>
            ))}{' '}
            <button type="button" className={classes.fix} onClick={() => showInJson(problem.pointer ?? pointer)}>
              Show in JSON
            </button>
          </span>
        </Input.Error>
      ))}
    </Input.Wrapper>
  );
}
