/**
 * A plugin's configuration: default_config, then the stored file, then the environment, then a run's override.
 * A change that breaks config_schema is refused and the last good one stays in force.
 * A stored file that cannot be read is refused the same way. Errors: workspace/not-open, workspace/changed-on-disk
 * (data: {text, version}), config/no-manifest.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { FolderSchema, ofFolder, PathSchema, TimeSchema } from './shapes';

export const ConfigProblemSchema = Type.Object({
  layer: oneOf(['defaults', 'stored', 'environment', 'run']),
  code: Type.Optional(Type.String({ description: 'config/what-is-wrong' })),
  pointer: Type.String({ description: 'Where in the configuration, such as /severity_threshold' }),
  schemaPath: Type.String({ description: 'Which rule of config_schema' }),
  message: Type.String(),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'In the stored file' })),
});
export type ConfigProblem = Static<typeof ConfigProblemSchema>;

/** Which running instance took a generation, when, and how long it took. */
export const ConfigAppliedSchema = Type.Object({
  instanceId: Type.String(),
  pluginId: Type.String(),
  generation: Type.Integer({ minimum: 1 }),
  at: TimeSchema,
  durationMs: Type.Number({ minimum: 0 }),
  /** Set where the plugin itself threw while taking it. */
  error: Type.Optional(Type.String()),
});
export type ConfigApplied = Static<typeof ConfigAppliedSchema>;

export const ConfigStateSchema = Type.Object({
  folder: FolderSchema,
  /** Counts the accepted configurations of this session, from 1. */
  generation: Type.Integer({ minimum: 0 }),
  schema: Type.Optional(anyMap()),
  defaults: anyMap(),
  stored: anyMap(),
  environment: Type.Array(Type.Object({ variable: Type.String(), pointer: Type.String(), value: Type.Unknown() })),
  /** What is in force: the last good one. */
  effective: anyMap(),
  file: Type.Object({
    path: PathSchema,
    exists: Type.Boolean(),
    text: Type.String(),
    version: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Why what is stored now is not in force; empty where it is. */
  problems: Type.Array(ConfigProblemSchema),
  applied: Type.Array(ConfigAppliedSchema),
});
export type ConfigState = Static<typeof ConfigStateSchema>;

export const configService = defineService({
  name: 'config',
  calls: {
    read: call(ofFolder, ConfigStateSchema),
    /** Checks, then writes the stored file and hands it to the running instances. Refused: nothing is written. */
    save: call(
      Type.Object({
        folder: FolderSchema,
        text: Type.String({ description: 'The stored file, YAML or JSON' }),
        expectedVersion: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      }),
      Type.Object({ accepted: Type.Boolean(), problems: Type.Array(ConfigProblemSchema), state: ConfigStateSchema }),
    ),
  },
  events: {
    didChange: ConfigStateSchema,
  },
});
