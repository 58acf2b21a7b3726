/** A plugin's configuration: a form beside the stored YAML, what is in force, and which process took which change. */
import { Button } from '@mantine/core';
import type { ConfigProblem, PluginStatus } from '@shared/contracts';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { CodeEditor } from '../../editor/code-editor';
import { documentUri } from '../../editor/document-uri';
import type { Mark } from '../../editor/marks';
import { TextComparison } from '../../editor/text-comparison';
import { type Configuration, textOf, theirsOf } from '../../stores/configurations';
import { useStores } from '../../stores/context';
import { Delayed } from '../../ui/delayed';
import { EmptyState } from '../../ui/empty-state';
import { formatCount, formatTime } from '../../ui/figures';
import { SchemaForm } from '../../ui/schema-form';
import { Skeleton } from '../../ui/skeleton';
import { Splitter } from '../../ui/splitter';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { useWidth } from '../../ui/use-width';
import { ViewChoice } from '../../ui/view-choice';
import classes from './configuration-panel.module.css';
import { InForceTable } from './in-force-table';
import { merged, parseStored, withFormChange } from './model';
import { withoutSecretFields, withoutSecretValues } from './secret-schema';
import { SecretSection } from './secret-section';

type View = 'form' | 'split' | 'yaml';

/** In pixels: the least that form and text need beside one another. */
const LEAST_FORM = 280;
const LEAST_TEXT = 240;
const LEAST_SPLIT = LEAST_FORM + LEAST_TEXT;
const FORM_SHARE = 0.54;

const asMark = (severity: Mark['severity'], { line, message, pointer }: ConfigProblem): Mark[] =>
  line === undefined ? [] : [{ line, severity, message: `${pointer} ${message}` }];

export function ConfigurationPanel({ folder }: { readonly folder: string }) {
  const { configurations, notices } = useStores();
  const configuration = useStore(configurations, (state) => state.configurations[folder]);
  useEffect(() => {
    configurations.follow(folder).catch(notices.report);
  }, [configurations, notices, folder]);
  if (configuration === undefined) {
    return (
      <Delayed>
        <Skeleton rows={10} label="Reading the configuration" />
      </Delayed>
    );
  }
  return <LoadedConfiguration folder={folder} configuration={configuration} />;
}

interface ConfigurationProps {
  readonly folder: string;
  readonly configuration: Configuration;
}

function LoadedConfiguration({ folder, configuration }: ConfigurationProps) {
  const { configurations, notices } = useStores();
  const [chosen, setView] = useState<View>('split');
  const [body, width] = useWidth<HTMLDivElement>();
  const view = chosen === 'split' && width < LEAST_SPLIT ? 'form' : chosen;
  const [comparing, setComparing] = useState(false);
  const { state, saving } = configuration;
  const dirty = configuration.draft !== undefined;
  const theirs = theirsOf(configuration);
  const revert = () => configurations.revert(folder);
  const form = <ConfigurationForm folder={folder} configuration={configuration} />;
  const yaml = <ConfigurationText folder={folder} configuration={configuration} />;
  return (
    <div className={classes.panel}>
      <Toolbar label="Configuration">
        <span className={classes.stored}>{dirty ? 'unsaved' : state.file.exists ? 'saved' : 'not stored yet'}</span>
        <Spacer />
        <ViewChoice<'yaml'>
          text={{ value: 'yaml', label: 'YAML' }}
          value={view}
          room={{ needed: LEAST_SPLIT, there: width }}
          onChoose={setView}
        />
        <Button variant="default" disabled={!dirty} onClick={revert}>
          Revert
        </Button>
        <Button
          disabled={!dirty || theirs !== undefined}
          loading={saving}
          onClick={() => void configurations.save(folder).catch(notices.report)}
        >
          Save
        </Button>
      </Toolbar>
      {theirs !== undefined && (
        <div role="alert" className={classes.banner}>
          <span>{state.file.path} was changed on disk while you were editing it.</span>
          <Spacer />
          <Button variant="default" onClick={() => setComparing((on) => !on)}>
            {comparing ? 'Hide the difference' : 'Compare'}
          </Button>
          <Button variant="default" onClick={revert}>
            Take theirs
          </Button>
          <Button variant="default" onClick={() => configurations.keepMine(folder)}>
            Keep mine
          </Button>
        </div>
      )}
      <div className={classes.stands}>
        <span className={classes.path}>{state.file.path}</span> · generation {state.generation}
      </div>
      <Outcome configuration={configuration} />
      <div ref={body} className={classes.body}>
        {theirs !== undefined && comparing ? (
          <TextComparison
            label={`${state.file.path}, on disk and yours`}
            original={theirs}
            uri={documentUri(folder, state.file.path)}
            text={textOf(configuration)}
          />
        ) : view === 'form' ? (
          form
        ) : view === 'yaml' ? (
          yaml
        ) : (
          <Splitter
            label="Width of the form"
            direction="columns"
            initial={Math.max(LEAST_FORM, Math.round(width * FORM_SHARE))}
            min={LEAST_FORM}
            minRest={LEAST_TEXT}
          >
            {form}
            {yaml}
          </Splitter>
        )}
      </div>
    </div>
  );
}

const startedWith = (status: PluginStatus | undefined): string =>
  status?.startedAt === undefined || status.pid === undefined
    ? 'No process runs with it yet. It is in force from the next start on.'
    : `${status.pluginId} started with generation ${status.configGeneration} at ${formatTime(status.startedAt)}.`;

/** What is wrong with the text on show: with the stored one, or why the unsaved one was refused. */
const problemsOf = ({ state, draft, refused }: Configuration) => (draft === undefined ? state.problems : refused);

function Outcome({ configuration }: Pick<ConfigurationProps, 'configuration'>) {
  const { state } = configuration;
  const problems = problemsOf(configuration);
  const last = state.applied.at(-1);
  const { plugins } = useStores();
  const status = useStore(plugins, ({ statuses }) => statuses[state.folder]);
  if (problems.length > 0) {
    return (
      <div role="alert" className={classes.refused}>
        <details>
          <summary>
            <strong>
              Refused; generation {state.generation} stays in force · {formatCount(problems.length, 'problem')}:
            </strong>{' '}
            {problems[0]?.message}
          </summary>
          <ul>
            {problems.map(({ pointer, message, schemaPath }) => (
              <li key={`${pointer}${schemaPath}`}>
                {pointer !== '' && <code>{pointer}</code>} {message} <code className={classes.dim}>{schemaPath}</code>
              </li>
            ))}
          </ul>
        </details>
      </div>
    );
  }
  if (last === undefined) return <div className={classes.outcome}>{startedWith(status)}</div>;
  const when = formatTime(last.at);
  return (
    <div role="status" className={last.error === undefined ? classes.outcome : classes.refused}>
      {last.error === undefined
        ? `${last.pluginId} took generation ${last.generation} at ${when} in ${Math.round(last.durationMs)} ms, without a restart.`
        : `${last.pluginId} failed while taking generation ${last.generation} at ${when}: ${last.error}`}
    </div>
  );
}

function ConfigurationForm({ folder, configuration }: ConfigurationProps) {
  const { configurations } = useStores();
  const { state } = configuration;
  const text = textOf(configuration);
  const { values, error } = useMemo(() => parseStored(text), [text]);
  const problems = problemsOf(configuration);
  const schema = useMemo(() => state.schema && withoutSecretFields(state.schema), [state.schema]);
  if (schema === undefined) {
    return (
      <EmptyState icon="settings-gear" title="No form for this plugin">
        Its manifest has no config_schema. Add one to plugin.json, or write the YAML by hand.
      </EmptyState>
    );
  }
  if (values === undefined) {
    return (
      <EmptyState icon="warning" title={`The YAML does not parse: line ${error?.line}`}>
        {error?.message} The form comes back once it does.
      </EmptyState>
    );
  }
  const shown = withoutSecretValues(merged(state.defaults, values), state.secrets);
  return (
    <div className={classes.form}>
      <SchemaForm
        label="Configuration"
        schema={schema}
        value={shown}
        problems={problems}
        onChange={(next) => configurations.setText(folder, withFormChange(text, shown, next))}
      />
      <SecretSection state={state} />
      <InForceTable state={state} />
    </div>
  );
}

function ConfigurationText({ folder, configuration }: ConfigurationProps) {
  const { configurations } = useStores();
  const text = textOf(configuration);
  const problems = problemsOf(configuration);
  const { warnings } = configuration.state;
  const parsed = useMemo(() => parseStored(text), [text]);
  const marks = useMemo((): Mark[] => {
    if (parsed.error !== undefined)
      return [{ line: parsed.error.line, severity: 'error', message: parsed.error.message }];
    const told = problems.flatMap((problem) => asMark('error', problem));
    const isSaved = configuration.draft === undefined;
    // Their lines are those of the file, which a text that is not saved may not have.
    return isSaved ? [...told, ...warnings.flatMap((warning) => asMark('warning', warning))] : told;
  }, [parsed, problems, warnings, configuration.draft]);
  return (
    <CodeEditor
      label={`Stored configuration, ${configuration.state.file.path}`}
      uri={`${documentUri(folder, configuration.state.file.path)}?configuration`}
      language="yaml"
      text={text}
      marks={marks}
      onMount={(editor) => {
        editor.onDidChangeModelContent(({ isFlush }) => {
          if (!isFlush) configurations.setText(folder, editor.getValue());
        });
      }}
    />
  );
}
