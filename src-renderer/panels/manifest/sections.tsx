/** The form's sections, in the order of the list at its left. */
import { Button, Checkbox, Table } from '@mantine/core';
import { type Permission, PLUGIN_TYPES } from '@shared/schemas/vocabulary';
import type { ComponentType } from 'react';
import { SchemaForm } from '../../ui/schema-form';
import {
  CapabilityWords,
  ChoiceField,
  FlagField,
  LongTextField,
  NumberField,
  SectionProblems,
  TextField,
  WordsField,
} from './field';
import classes from './manifest-form.module.css';
import { useManifestForm } from './manifest-form-context';
import { permissionStates, problemsAt, schemaProperties, setPermission } from './model';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  /** Fields whose problems are counted at the section's name. */
  readonly pointers: readonly string[];
  readonly component: ComponentType;
}

function EntryFound() {
  const { entry, openEntry } = useManifestForm();
  if (entry === undefined) return null;
  const place = entry.line === undefined ? entry.file : `${entry.file}:${entry.line}`;
  return (
    <button type="button" className={classes.found} onClick={openEntry} aria-label={`Open ${place}`}>
      {entry.line === undefined ? place : `class found · ${place}`}
    </button>
  );
}

function General() {
  return (
    <>
      <div className={classes.row}>
        <TextField name="name" label="Name" help="Lower-case letters, digits and hyphens" />
        <TextField name="version" label="Version" help="SemVer, such as 1.2.0" />
        <ChoiceField name="plugin_type" label="Type" choices={PLUGIN_TYPES} />
      </div>
      <LongTextField name="description" label="Description" />
      <div className={classes.entry}>
        <TextField name="entry_point" label="Entry point" help="module:Class, such as src.analyzer:MyAnalyzer" mono />
        <EntryFound />
      </div>
      <div className={classes.pair}>
        <NumberField name="priority" label="Priority" help="0 is last, 100 is first" min={0} max={100} fallback={50} />
        <WordsField name="tags" label="Tags" placeholder="Type a word, then Enter" />
      </div>
      <FlagField name="enabled" label="Enabled" help="Whether the platform loads the plugin" fallback={true} />
    </>
  );
}

const ALLOWS: Readonly<Record<Permission, string>> = {
  file_system_access: "Working folder and the run's targets",
  network_access: 'Connect to granted hosts',
  database_access: 'SQLite files in the working folder',
  process_execution: 'Never granted in the sandbox',
};

function Capabilities() {
  const { text, document, diagnostics, edit, endStep, broken } = useManifestForm();
  return (
    <>
      <Table aria-label="Permissions" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.check} aria-label="Declared" />
            <Table.Th>Permission</Table.Th>
            <Table.Th>What it allows</Table.Th>
            <Table.Th>Checks</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {permissionStates(document).map(({ permission, declared }) => (
            <Table.Tr key={permission}>
              <Table.Td className={classes.check}>
                <Checkbox
                  size="xs"
                  aria-label={permission}
                  checked={declared}
                  disabled={broken}
                  onChange={(event) => {
                    edit(setPermission(text, permission, event.currentTarget.checked));
                    endStep();
                  }}
                />
              </Table.Td>
              <Table.Td className={classes.mono}>{permission}</Table.Td>
              <Table.Td className={classes.prose}>{ALLOWS[permission]}</Table.Td>
              <Table.Td className={classes.dim}>
                {problemsAt(diagnostics, `/capabilities/${permission}`)[0]?.message ??
                  (declared ? 'declared' : 'not declared')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <SectionProblems pointer="/capabilities" />
      <CapabilityWords
        name="event_types"
        label="Event types"
        help="What the plugin publishes or consumes"
        placeholder="security.vulnerability_detected"
      />
      <CapabilityWords
        name="supported_formats"
        label="Supported formats"
        help="What it understands"
        placeholder="python"
      />
    </>
  );
}

function ConfigurationSchema() {
  const { document, showInJson } = useManifestForm();
  const properties = schemaProperties(document);
  return (
    <>
      <SectionProblems pointer="/config_schema" />
      {properties.length === 0 ? (
        <p className={classes.dim}>
          The plugin declares no configuration. Add config_schema in the JSON to get a form for it.
        </p>
      ) : (
        <Table aria-label="Configuration properties" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>Allowed</Table.Th>
              <Table.Th>Description</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {properties.map(({ name, type, allowed, description }) => (
              <Table.Tr key={name}>
                <Table.Td className={classes.mono}>
                  <button
                    type="button"
                    className={classes.plain}
                    onClick={() => showInJson(`/config_schema/properties/${name}`)}
                  >
                    {name}
                  </button>
                </Table.Td>
                <Table.Td className={classes.name}>{type}</Table.Td>
                <Table.Td className={classes.dim}>{allowed}</Table.Td>
                <Table.Td className={classes.prose}>{description}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <div>
        <Button variant="default" onClick={() => showInJson('/config_schema')}>
          Show in JSON
        </Button>
      </div>
    </>
  );
}

const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

function DefaultConfiguration() {
  const { document, diagnostics, set, endStep, broken } = useManifestForm();
  const schema = recordOf(document.config_schema);
  if (schema === undefined)
    return <p className={classes.dim}>There is no config_schema, so there is nothing to fill in.</p>;
  const problems = problemsAt(diagnostics, '/default_config').map(({ pointer, message }) => ({
    pointer: pointer?.slice('/default_config'.length) ?? '',
    message,
  }));
  return (
    <SchemaForm
      label="Default configuration"
      schema={schema}
      value={recordOf(document.default_config) ?? {}}
      problems={problems}
      disabled={broken}
      onChange={(value) => {
        set(['default_config'], value);
        endStep();
      }}
    />
  );
}

function Dependencies() {
  return (
    <>
      <div className={classes.pair}>
        <TextField name="sdk_version" label="SDK version" help="A SemVer range, such as >=1.0.0" mono />
        <TextField name="python_version" label="Python version" help="For plugins in Python" mono />
      </div>
      <WordsField
        name="dependencies"
        label="Packages"
        help="Requirements in the plugin's own language"
        placeholder="Type a requirement, then Enter"
      />
    </>
  );
}

function Publishing() {
  return (
    <>
      <div className={classes.row}>
        <TextField name="author" label="Author" />
        <TextField name="email" label="E-mail" />
        <TextField name="license" label="Licence" help="An SPDX expression" />
      </div>
      <TextField name="documentation_url" label="Documentation" />
      <TextField name="source_url" label="Source" />
    </>
  );
}

export const SECTIONS: readonly Section[] = [
  {
    id: 'general',
    title: 'General',
    intro: 'What the platform shows and how it finds the code.',
    pointers: ['/name', '/version', '/plugin_type', '/description', '/entry_point', '/priority', '/tags', '/enabled'],
    component: General,
  },
  {
    id: 'capabilities',
    title: 'Capabilities',
    intro: 'Denied unless declared here and granted by the person who runs the plugin.',
    pointers: ['/capabilities'],
    component: Capabilities,
  },
  {
    id: 'config-schema',
    title: 'Configuration schema',
    intro: 'What an operator may set. The configuration form is made from it.',
    pointers: ['/config_schema'],
    component: ConfigurationSchema,
  },
  {
    id: 'default-config',
    title: 'Default configuration',
    intro: 'In force without any file or override.',
    pointers: ['/default_config'],
    component: DefaultConfiguration,
  },
  {
    id: 'dependencies',
    title: 'Dependencies',
    intro: 'What the plugin needs to run.',
    pointers: ['/sdk_version', '/python_version', '/dependencies'],
    component: Dependencies,
  },
  {
    id: 'publishing',
    title: 'Publishing',
    intro: 'Who made it, and where to read more.',
    pointers: ['/author', '/email', '/license', '/documentation_url', '/source_url'],
    component: Publishing,
  },
];
