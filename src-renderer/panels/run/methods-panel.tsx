/** Any method of the plugin's type, called by hand: what it takes as a form, what it answers as a tree. */
import { Button, SegmentedControl, Select, Textarea } from '@mantine/core';
import type { MethodResult, PluginSummary } from '@shared/contracts';
import type { StudioError } from '@shared/errors';
import { isStudioError } from '@shared/errors';
import { type ContractMethod, METHODS } from '@shared/schemas/methods';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { CopyButton } from '../../ui/copy-button';
import { DetailSplit } from '../../ui/detail-split';
import { EmptyState } from '../../ui/empty-state';
import { formatDuration } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { SchemaForm } from '../../ui/schema-form';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { ValueTree } from '../../ui/value-tree';
import { startingArguments } from './method-arguments';
import styles from './methods-panel.module.css';
import { FailureBlock } from './outcome-block';
import { formSchema, type JsonSchema } from './request-schema';
import { usePluginType } from './use-active-sample';

export function MethodsPanel() {
  const { workbench } = useStores();
  const folder = useStore(workbench, ({ activeFolder }) => activeFolder);
  const type = usePluginType(folder);
  if (folder === undefined) {
    return (
      <EmptyState icon="symbol-method" title="No plugin is open">
        Open a plugin to call its methods.
      </EmptyState>
    );
  }
  return <MethodsOfPlugin key={`${folder}\n${type}`} folder={folder} type={type} />;
}

interface MethodsOfPluginProps {
  readonly folder: string;
  readonly type: NonNullable<PluginSummary['pluginType']>;
}

function MethodsOfPlugin({ folder, type }: MethodsOfPluginProps) {
  const methods = METHODS[type];
  const [name, setName] = useState(methods[0]?.name ?? '');
  const method = methods.find((each) => each.name === name) ?? methods[0];
  if (method === undefined) return undefined;
  const picker = (
    <Select
      aria-label="Method"
      className={styles.method ?? ''}
      data={methods.map((each) => each.name)}
      value={name}
      allowDeselect={false}
      searchable
      maxDropdownHeight={420}
      onChange={(next) => setName(next ?? name)}
    />
  );
  return <MethodCall key={name} folder={folder} type={type} method={method} picker={picker} />;
}

type Answer = MethodResult | { readonly refusal: StudioError };

interface MethodCallProps extends MethodsOfPluginProps {
  readonly method: ContractMethod;
  readonly picker: ReactNode;
}

function MethodCall({ folder, type, method, picker }: MethodCallProps) {
  const client = useClient();
  const { notices } = useStores();
  const [args, setArgs] = useState<readonly unknown[]>(() => startingArguments(method, type));
  const [isCalling, setCalling] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [drafts, setDrafts] = useState<readonly boolean[]>([]);

  const call = async () => {
    setCalling(true);
    try {
      setAnswer(await client.runs.callMethod({ folder, method: method.name, args: [...args] }));
    } catch (error) {
      if (isStudioError(error)) setAnswer({ refusal: error });
      else notices.report(error);
    } finally {
      setCalling(false);
    }
  };

  return (
    <div className={styles.root}>
      <Toolbar label="Method">
        {picker}
        <Spacer />
        <Button
          variant="filled"
          aria-label={`Call ${method.name}`}
          leftSection={<Icon name={isCalling ? 'loading' : 'play'} spin={isCalling} size={14} />}
          disabled={isCalling || drafts.includes(true)}
          onClick={() => void call()}
        >
          Call
        </Button>
      </Toolbar>
      <div className={styles.body}>
        <DetailSplit
          label="Size of the answer"
          side="bottom"
          initial={240}
          detail={answer === undefined ? undefined : <AnswerOfMethod folder={folder} answer={answer} />}
        >
          <div className={styles.parameters}>
            <p className={styles.description}>{method.description}.</p>
            {method.parameters.map(({ name, schema }, at) => (
              <Parameter
                key={name}
                name={name}
                schema={schema as unknown as JsonSchema}
                value={args[at]}
                onChange={(value) => setArgs(args.map((before, place) => (place === at ? value : before)))}
                onDraft={(isDraft) =>
                  setDrafts(method.parameters.map((_, place) => (place === at ? isDraft : (drafts[place] ?? false))))
                }
              />
            ))}
            {answer === undefined && (
              <p className={styles.description}>
                Call asks the plugin, which is started where it does not run; its answer is shown below.
              </p>
            )}
          </div>
        </DetailSplit>
      </div>
    </div>
  );
}

interface ParameterProps {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What is typed is not JSON yet. */
  readonly onDraft: (isDraft: boolean) => void;
}

/** A request is a form or JSON; an id or a channel is one field; a map is JSON. */
function Parameter({ name, schema, value, onChange, onDraft }: ParameterProps) {
  const fields = schema.type === 'object' ? formSchema(schema, {}, value as JsonSchema) : undefined;
  const hasForm = fields !== undefined && Object.keys(fields.properties as object).length > 0;
  const [form, setForm] = useState<'form' | 'json'>('form');
  if (fields === undefined) {
    return (
      <SchemaForm
        label={name}
        schema={{ type: 'object', properties: { [name]: { title: name, ...schema } }, required: [name] }}
        value={{ [name]: value }}
        problems={[]}
        onChange={(next) => onChange(next[name])}
      />
    );
  }
  return (
    <section aria-label={name} className={styles.parameter}>
      <Toolbar label={`Argument ${name}`}>
        <span className={styles.name}>{name}</span>
        {hasForm && (
          <SegmentedControl
            aria-label={`Show ${name} as`}
            data={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
            ]}
            value={form}
            onChange={(next) => {
              setForm(next as 'form' | 'json');
              // What is left is the last that could be read, and the form shows it.
              onDraft(false);
            }}
          />
        )}
      </Toolbar>
      {hasForm && form === 'form' ? (
        <SchemaForm
          label={name}
          schema={fields}
          value={value as Record<string, unknown>}
          problems={[]}
          onChange={onChange}
        />
      ) : (
        <JsonArgument name={name} value={value} onChange={onChange} onDraft={onDraft} />
      )}
    </section>
  );
}

function JsonArgument({ name, value, onChange, onDraft }: Omit<ParameterProps, 'schema'>) {
  const [typed, setTyped] = useState(() => JSON.stringify(value, undefined, 2));
  const [problem, setProblem] = useState<string>();
  const change = (text: string) => {
    setTyped(text);
    try {
      onChange(JSON.parse(text));
      setProblem(undefined);
      onDraft(false);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      setProblem('This is not JSON yet.');
      onDraft(true);
    }
  };
  return (
    <Textarea
      aria-label={`${name} as JSON`}
      autosize
      minRows={3}
      maxRows={20}
      spellCheck={false}
      value={typed}
      error={problem}
      classNames={{ input: styles.code ?? '' }}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function AnswerOfMethod({ folder, answer }: { readonly folder: string; readonly answer: Answer }) {
  if ('refusal' in answer) return <FailureBlock folder={folder} title="It was not called" error={answer.refusal} />;
  const { value, error, durationMs } = answer;
  return (
    <section className={styles.answer} aria-label="Answer">
      <Toolbar label="Answer">
        <output className={styles.description}>
          {error === undefined ? 'Answered' : 'Failed'} in {formatDuration(durationMs)}
        </output>
        <Spacer />
        {error === undefined && (
          <CopyButton label="Copy the answer as JSON" text={() => JSON.stringify(value ?? null, undefined, 2)} />
        )}
      </Toolbar>
      {error === undefined ? (
        <ValueTree label="Answer" value={value ?? null} depth={2} />
      ) : (
        <FailureBlock folder={folder} title="The plugin failed" error={error} />
      )}
    </section>
  );
}
