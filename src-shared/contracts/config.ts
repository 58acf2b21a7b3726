/**
 * A plugin's configuration: default_config, then the stored file, then the secrets that are kept outside of the
 * folder, then the environment, then a run's override. No answer and no event has a secret in it, but for the text of
 * a file that a person has written one into; where one was, there are dots.
 * A change that breaks config_schema is refused and the last good one stays in force.
 * A stored file that cannot be read is refused the same way. Errors: workspace/not-open, workspace/changed-on-disk
 * (data: {text, version}), config/no-manifest, config/no-such-secret, config/secret-too-short, config/secret-invalid,
 * config/secret-not-encrypted.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { FolderSchema, ofFolder, PathSchema, TimeSchema } from './shapes';

export const ConfigProblemSchema = Type.Object({
  layer: oneOf(['defaults', 'stored', 'secret', 'environment', 'run']),
  code: Type.Optional(Type.String({ description: 'config/what-is-wrong' })),
  pointer: Type.String({ description: 'Where in the configuration, such as /severity_threshold' }),
  schemaPath: Type.String({ description: 'Which rule of config_schema' }),
  message: Type.String(),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'In the stored file' })),
  column: Type.Optional(Type.Integer({ minimum: 1, description: 'In that line' })),
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

/** What is told of a field that config_schema marks with "format": "secret" or "writeOnly": never its value. */
export const SecretStateSchema = Type.Object({
  pointer: Type.String(),
  kind: oneOf(['value', 'map'], { description: 'A map takes further secrets, by name, and is none itself' }),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  isSet: Type.Boolean(),
  from: Type.Optional(oneOf(['store', 'environment', 'file'])),
  variable: Type.Optional(Type.String({ description: 'The environment variable that it comes from' })),
  file: Type.Optional(Type.String({ description: 'Where it is, too or only, for anybody to read' })),
  isLocked: Type.Optional(
    Type.Boolean({ description: 'It is kept, encrypted with a key that cannot be used through this door' }),
  ),
  isUnused: Type.Optional(Type.Boolean({ description: 'It is kept, and the configuration has no place for it' })),
});
export type SecretState = Static<typeof SecretStateSchema>;

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
  /** The part of it that the stored file gave; absent where that is what is stored now. */
  storedInForce: Type.Optional(anyMap()),
  file: Type.Object({
    path: PathSchema,
    exists: Type.Boolean(),
    text: Type.String(),
    version: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Why what is stored now is not in force; empty where it is. */
  problems: Type.Array(ConfigProblemSchema),
  /** What should be otherwise, and keeps nothing from being in force, such as a secret in a file. */
  warnings: Type.Array(ConfigProblemSchema),
  secrets: Type.Array(SecretStateSchema),
  /** In words, such as "in /…/secrets/1f.json, which only your user may read"; absent where there are no secrets. */
  secretsKept: Type.Optional(Type.String()),
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
    /**
     * Keeps a secret, outside of the plugin's folder, and hands it to the running instances. A value that is no text
     * by config_schema is given as JSON.
     */
    setSecret: call(
      Type.Object({
        folder: FolderSchema,
        pointer: Type.String({ minLength: 2, maxLength: 4096 }),
        value: Type.String({ maxLength: 65_536 }),
      }),
      ConfigStateSchema,
    ),
    /** Forgets it; what a file or the environment says is then in force. */
    clearSecret: call(Type.Object({ folder: FolderSchema, pointer: Type.String() }), ConfigStateSchema),
    /** Takes a secret out of the file that it was written into, and keeps it. One that is kept already stays. */
    moveSecret: call(Type.Object({ folder: FolderSchema, pointer: Type.String() }), ConfigStateSchema),
  },
  events: {
    didChange: ConfigStateSchema,
  },
});
