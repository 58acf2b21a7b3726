/** A form made from a JSON Schema. It holds no value of its own: what it shows is what it was given. */
import { Checkbox } from '@mantine/core';
import { Form, Templates, Widgets } from '@rjsf/mantine';
import {
  type ArrayFieldTitleProps,
  type DescriptionFieldProps,
  descriptionId,
  type ErrorSchema,
  type RJSFSchema,
  type RJSFValidationError,
  type TitleFieldProps,
  titleId,
  type UiSchema,
  type WidgetProps,
} from '@rjsf/utils';
import { type ComponentType, type ReactNode, useCallback, useMemo } from 'react';
import classes from './schema-form.module.css';
import { type FormValues, schemaValidator } from './schema-validator';

export interface FormProblem {
  /** JSON pointer of the value, such as /severity_threshold. */
  readonly pointer: string;
  readonly message: string;
}

export interface SchemaFormProps {
  readonly label: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly value: FormValues;
  readonly problems: readonly FormProblem[];
  readonly disabled?: boolean;
  onChange(value: FormValues): void;
}

const UI_SCHEMA: UiSchema<FormValues> = { 'ui:submitButtonOptions': { norender: true } };

/** The form library adds what it was given to what it has again, and then a field would say it twice. */
const sayingOnce = (Input: ComponentType<WidgetProps>) =>
  function SayingOnce(props: WidgetProps) {
    return <Input {...props} rawErrors={props.rawErrors && [...new Set(props.rawErrors)]} />;
  };

/** What it means stands below it, as with every other field. */
function CheckboxBelow({ id, name, htmlName, label, hideLabel, schema, options, ...props }: WidgetProps) {
  const { value, disabled, readonly, autofocus, rawErrors = [], onChange, onBlur, onFocus } = props;
  const description = options.description ?? schema.description;
  return (
    <Checkbox
      className={classes.checkbox ?? ''}
      id={id}
      name={htmlName || name}
      label={hideLabel ? undefined : label}
      description={hideLabel || !description ? undefined : <span id={descriptionId(id)}>{description}</span>}
      aria-describedby={hideLabel || !description ? undefined : descriptionId(id)}
      checked={value === true || value === 'true'}
      disabled={disabled || readonly}
      autoFocus={autofocus}
      error={rawErrors.length > 0 ? rawErrors.join('\n') : undefined}
      onChange={(event) => onChange(event.currentTarget.checked)}
      onBlur={(event) => onBlur(id, event.target.checked)}
      onFocus={(event) => onFocus(id, event.target.checked)}
    />
  );
}

/** Of lists and groups, which stand among fields and look like them. */
const FieldTitleText = (props: { readonly id: string; readonly title: string; readonly more: ReactNode }) => (
  <span className={classes.title}>
    <span id={props.id}>{props.title}</span>
    {props.more}
  </span>
);

const FieldTitle = ({ id, title, optionalDataControl }: TitleFieldProps) => (
  <FieldTitleText id={id} title={title} more={optionalDataControl} />
);

const ListTitle = ({ fieldPathId, title, optionalDataControl }: ArrayFieldTitleProps) =>
  title ? <FieldTitleText id={titleId(fieldPathId)} title={title} more={optionalDataControl} /> : null;

const FieldDescription = ({ id, description }: DescriptionFieldProps) =>
  description ? (
    <p id={id} className={classes.description}>
      {description}
    </p>
  ) : null;

const WIDGETS = Object.fromEntries(
  Object.entries({ ...Widgets, CheckboxWidget: CheckboxBelow }).map(([name, widget]) => [
    name,
    sayingOnce(widget as ComponentType<WidgetProps>),
  ]),
);
const TEMPLATES = {
  BaseInputTemplate: sayingOnce(Templates.BaseInputTemplate as ComponentType<WidgetProps>),
  ArrayFieldTitleTemplate: ListTitle,
  TitleFieldTemplate: FieldTitle,
  DescriptionFieldTemplate: FieldDescription,
};

const stepsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The errors of each field, as nested as the values are. */
export function toErrorTree(problems: readonly FormProblem[]): ErrorSchema<FormValues> {
  const root: Record<string, unknown> = {};
  for (const { pointer, message } of problems) {
    let node = root;
    for (const name of stepsOf(pointer)) {
      node[name] ??= {};
      node = node[name] as Record<string, unknown>;
    }
    node.__errors = [...((node.__errors as string[] | undefined) ?? []), message];
  }
  return root as ErrorSchema<FormValues>;
}

export function SchemaForm({ label, schema, value, problems, disabled, onChange }: SchemaFormProps) {
  const extraErrors = useMemo(() => toErrorTree(problems), [problems]);
  /** Where the host has said what is wrong, the form's own words for it add nothing. */
  const withoutTold = useCallback(
    (errors: RJSFValidationError[]) => {
      const told = new Set(problems.map(({ pointer }) => `.${stepsOf(pointer).join('.')}`));
      return errors.filter(({ property }) => property === undefined || !told.has(property));
    },
    [problems],
  );
  return (
    <section aria-label={label} className={classes.form}>
      <Form
        schema={schema as RJSFSchema}
        uiSchema={UI_SCHEMA}
        validator={schemaValidator}
        formData={value}
        extraErrors={extraErrors}
        transformErrors={withoutTold}
        widgets={WIDGETS}
        templates={TEMPLATES}
        disabled={disabled}
        liveValidate="onChange"
        showErrorList={false}
        experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults' }}
        onChange={({ formData }) => onChange(formData ?? {})}
      >
        {/* Without a child the form draws a submit button; saving is the panel's business. */}
        <span />
      </Form>
    </section>
  );
}
