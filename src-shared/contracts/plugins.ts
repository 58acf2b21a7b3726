/**
 * Running plugins: one process each, the contract's lifecycle, and their logs. Starting builds first where the
 * source has changed. Errors: workspace/not-open, plugins/invalid-manifest, plugins/build-failed,
 * plugins/start-failed (constructor or initialize threw, took too long, or no such class), plugins/not-running.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { LifecycleStateSchema } from '../schemas';
import { Done, ErrorSchema, FolderSchema, LogEntrySchema, ofFolder, TimeSchema } from './shapes';

export const PluginStatusSchema = Type.Object({
  folder: FolderSchema,
  pluginId: Type.Optional(Type.String()),
  state: LifecycleStateSchema,
  pid: Type.Optional(Type.Integer()),
  /** What holds the plugin in, such as "ses + permissions" or "ses only". */
  isolation: Type.String(),
  startedAt: Type.Optional(TimeSchema),
  configGeneration: Type.Integer({ minimum: 0 }),
  memoryBytes: Type.Optional(Type.Integer()),
  error: Type.Optional(ErrorSchema),
});
export type PluginStatus = Static<typeof PluginStatusSchema>;

export const pluginsService = defineService({
  name: 'plugins',
  calls: {
    listStatus: call(Type.Object({}), Type.Array(PluginStatusSchema)),
    start: call(ofFolder, PluginStatusSchema),
    stop: call(ofFolder, PluginStatusSchema),
    restart: call(ofFolder, PluginStatusSchema),
    /** Entries after `after`, oldest first; `missed` counts those that the bounded log has let go. */
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
    /** At most ten a second for a plugin; the window reads the entries themselves with readLog. */
    didLog: Type.Object({ folder: FolderSchema, lastSeq: Type.Integer() }),
  },
});
