/**
 * Running plugins: one process each, the contract's lifecycle, their logs and their figures. Starting builds first
 * where the source has changed. Errors: workspace/not-open, plugins/invalid-manifest, plugins/build-failed,
 * plugins/start-failed (constructor or initialize threw, took too long, or no such class), plugins/not-running,
 * plugins/lifecycle-error (what was asked is not possible in this state), plugins/quarantined.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { LifecycleStateSchema } from '../schemas';
import { oneOf } from '../schemas/building-blocks';
import { EffectiveLimitSchema, LIMIT_SOURCES, LIMIT_UNITS } from './limits';
import { Done, ErrorSchema, FolderSchema, LogEntrySchema, ofFolder, TimeSchema } from './shapes';

export const LIMIT_REASONS = ['memory', 'cpu', 'timeout', 'flood'] as const;

/** The limit that ended a plugin. */
export const EndReasonSchema = Type.Object({
  reason: oneOf(LIMIT_REASONS),
  figure: Type.Number({ description: 'What it came to' }),
  limit: Type.Number(),
  unit: oneOf(LIMIT_UNITS),
  from: Type.Optional(oneOf(LIMIT_SOURCES)),
  message: Type.String({ description: 'What happened, and what to do about it' }),
});
export type EndReason = Static<typeof EndReasonSchema>;

/** The last answer of the plugin's health_check. */
export const PluginHealthSchema = Type.Object({
  status: Type.String({ description: '"healthy", or what is wrong' }),
  checkedAt: TimeSchema,
  failures: Type.Integer({ minimum: 0, description: 'One after the other, up to now' }),
});
export type PluginHealth = Static<typeof PluginHealthSchema>;

/** A plugin that crashed too often does not start again before somebody releases it. */
export const QuarantineSchema = Type.Object({
  since: TimeSchema,
  reasons: Type.Array(Type.Object({ at: TimeSchema, code: Type.String(), message: Type.String() })),
});
export type Quarantine = Static<typeof QuarantineSchema>;

export const PluginStatusSchema = Type.Object({
  folder: FolderSchema,
  pluginId: Type.Optional(Type.String()),
  state: LifecycleStateSchema,
  pid: Type.Optional(Type.Integer()),
  /** What holds the plugin in, such as "ses + permissions + namespace" or "ses only". */
  isolation: Type.String(),
  startedAt: Type.Optional(TimeSchema),
  configGeneration: Type.Integer({ minimum: 0 }),
  memoryBytes: Type.Optional(Type.Integer()),
  error: Type.Optional(ErrorSchema),
  endReason: Type.Optional(EndReasonSchema),
  /** After crashes, since the folder was opened. */
  restarts: Type.Optional(Type.Integer({ minimum: 0 })),
  health: Type.Optional(PluginHealthSchema),
  quarantine: Type.Optional(QuarantineSchema),
  nextRestartAt: Type.Optional(TimeSchema),
  /** Why the code that was saved last did not take the place of what runs. */
  reloadError: Type.Optional(ErrorSchema),
});
export type PluginStatus = Static<typeof PluginStatusSchema>;

const figure = Type.Number({ minimum: 0 });
const spread = { p50: figure, p95: figure, max: figure };

/** How near the plugin came to a limit. Without a limit only the figures are known. */
export const HeadroomSchema = Type.Object({
  kind: oneOf(['time', 'memory', 'cpu', 'events']),
  unit: oneOf(['ms', 'bytes', 'percent', 'events/s']),
  limit: Type.Optional(figure),
  /** Who said so, also that there is none. */
  from: oneOf(LIMIT_SOURCES),
  ...spread,
});
export type Headroom = Static<typeof HeadroomSchema>;

/** Since the folder was opened, over all its processes. */
export const PluginFiguresSchema = Type.Object({
  folder: FolderSchema,
  uptimeMs: figure,
  restarts: Type.Integer({ minimum: 0 }),
  calls: Type.Integer({ minimum: 0 }),
  errors: Type.Integer({ minimum: 0 }),
  eventsIn: Type.Integer({ minimum: 0 }),
  eventsOut: Type.Integer({ minimum: 0 }),
  /** Of calls, in milliseconds. A bucket counts those that took at most `le`, and more than the one before. */
  latency: Type.Object({
    ...spread,
    sumMs: figure,
    buckets: Type.Array(Type.Object({ le: Type.Optional(figure), count: Type.Integer({ minimum: 0 }) })),
  }),
  /** One a second, of the last ten minutes. */
  samples: Type.Array(Type.Object({ at: TimeSchema, cpuPercent: figure, memoryBytes: figure })),
  transitions: Type.Array(Type.Object({ at: TimeSchema, from: LifecycleStateSchema, to: LifecycleStateSchema })),
  headroom: Type.Array(HeadroomSchema),
  /** Whether the share of a core is held, only measured (Windows), or not limited. */
  cpuControl: oneOf(['held', 'advisory', 'none']),
});
export type PluginFigures = Static<typeof PluginFiguresSchema>;

export const pluginsService = defineService({
  name: 'plugins',
  calls: {
    listStatus: call(Type.Object({}), Type.Array(PluginStatusSchema)),
    /** Loads the plugin's class into a process, and does not initialize it. */
    load: call(ofFolder, PluginStatusSchema),
    start: call(ofFolder, PluginStatusSchema),
    stop: call(ofFolder, PluginStatusSchema),
    restart: call(ofFolder, PluginStatusSchema),
    /** Swaps in a new process of what the source is now, once that is ready; where it does not start, the old stays. */
    reload: call(ofFolder, PluginStatusSchema),
    /** Stops it, and forgets how it ended. */
    unload: call(ofFolder, PluginStatusSchema),
    /** Out of quarantine; does not start it. */
    release: call(ofFolder, PluginStatusSchema),
    checkHealth: call(ofFolder, PluginStatusSchema),
    readFigures: call(ofFolder, PluginFiguresSchema),
    /** What holds for a process that starts now. */
    readLimits: call(ofFolder, Type.Array(EffectiveLimitSchema)),
    /**
     * Entries after `after`, oldest first, and fewer than `limit` where they are long; `missed` counts those that the
     * bounded log has let go.
     */
    readLog: call(
      Type.Object({
        folder: FolderSchema,
        after: Type.Integer({ minimum: 0 }),
        limit: Type.Integer({ minimum: 1, maximum: 5000 }),
      }),
      Type.Object({ entries: Type.Array(LogEntrySchema), missed: Type.Integer({ minimum: 0 }) }),
    ),
    clearLog: call(ofFolder, Done),
  },
  events: {
    didChangeStatus: PluginStatusSchema,
    /** At most once a second for a plugin; the window reads the figures themselves with readFigures. */
    didChangeFigures: ofFolder,
    /** At most ten a second for a plugin; the window reads the entries themselves with readLog. */
    didLog: Type.Object({ folder: FolderSchema, lastSeq: Type.Integer() }),
  },
});
