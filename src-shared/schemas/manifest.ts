/** The manifest, `plugin.json`: what a plugin is, what code runs, and what it asks for. */
import { type Static, Type } from 'typebox';
import { anyMap, flag, maybe, oneOf, rank, text, texts } from './building-blocks';
import { PERMISSIONS, PLUGIN_TYPES } from './vocabulary';

export const PluginTypeSchema = oneOf(PLUGIN_TYPES, { description: 'What kind of plugin this is' });
export type PluginType = Static<typeof PluginTypeSchema>;

/** Lower-case letters, digits and hyphens. */
export const PLUGIN_NAME_PATTERN = '^[a-z0-9]+(-[a-z0-9]+)*$';

/** `module:Class`; the module may be dotted, such as `src.analyzer:MyAnalyzer`. */
export const ENTRY_POINT_PATTERN = '^[^:\\s]+:[A-Za-z_$][A-Za-z0-9_$]*$';

export const CapabilitiesSchema = Type.Object(
  {
    event_types: texts('Event types that the plugin publishes or consumes'),
    supported_formats: texts('Input formats that the plugin understands'),
    required_permissions: Type.Optional(
      Type.Array(Type.String(), {
        description: `Permissions the plugin asks for. Known: ${PERMISSIONS.join(', ')}`,
        default: [],
      }),
    ),
    cpu_intensive: flag('The plugin keeps a core busy'),
    memory_intensive: flag('The plugin needs much memory'),
    network_access: flag('The plugin connects to other hosts'),
    file_system_access: flag('The plugin reads or writes files'),
    database_access: flag('The plugin uses a database'),
    process_execution: flag('The plugin starts other programs; never granted in the sandbox'),
  },
  { description: 'What the plugin can do and what it asks for' },
);
export type Capabilities = Static<typeof CapabilitiesSchema>;

export const ManifestSchema = Type.Object(
  {
    name: Type.String({
      description: 'Lower-case letters, digits and hyphens; unique together with the version',
      pattern: PLUGIN_NAME_PATTERN,
    }),
    version: Type.String({ description: 'A SemVer version, such as 1.2.0', minLength: 1 }),
    description: text('What the plugin does, in a sentence'),
    author: text('Who wrote it'),
    email: text('Where to reach the author'),
    license: text('An SPDX licence expression', 'MIT'),
    plugin_type: PluginTypeSchema,
    capabilities: Type.Optional(CapabilitiesSchema),
    sdk_version: text('The SemVer range of SDK versions that the plugin works with', '>=1.0.0'),
    python_version: text('The range of Python versions, for plugins in Python', '>=3.9'),
    dependencies: texts("Package requirements in the plugin's own language"),
    config_schema: maybe(anyMap(), {
      description: "The JSON Schema (draft-07 or 2020-12) of the plugin's configuration",
    }),
    default_config: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'The configuration without any file or override; must match config_schema',
        default: {},
      }),
    ),
    entry_point: Type.String({
      description: 'module:Class, such as src.analyzer:MyAnalyzer',
      pattern: ENTRY_POINT_PATTERN,
    }),
    priority: rank('Order among plugins: 0 is last, 100 is first'),
    enabled: flag('Whether the platform loads the plugin', true),
    tags: texts('Words to find the plugin by'),
    documentation_url: maybe(Type.String(), { description: 'Where the documentation is' }),
    source_url: maybe(Type.String(), { description: 'Where the source is' }),
  },
  { title: 'MCP plugin manifest', description: 'plugin.json of a plugin of the MCP Security Platform' },
);
export type Manifest = Static<typeof ManifestSchema>;

/** The contract's id of a plugin: `name:version`. */
export const pluginId = (manifest: Pick<Manifest, 'name' | 'version'>) => `${manifest.name}:${manifest.version}`;
