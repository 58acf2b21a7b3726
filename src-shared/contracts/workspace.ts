/**
 * Opened plugin folders and their files. A path is always inside an opened folder; links that lead out are refused.
 * Errors: workspace/no-folder, workspace/not-a-folder, workspace/not-a-plugin, workspace/not-open,
 * workspace/outside, workspace/not-found, workspace/exists, workspace/no-permission, workspace/changed-on-disk
 * (data: {text, version}: what the file holds now), workspace/too-large, workspace/not-text, workspace/not-a-file,
 * workspace/disk-full, workspace/bad-name, workspace/busy, workspace/other-disk.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { PluginTypeSchema } from '../schemas';
import { oneOf } from '../schemas/building-blocks';
import { Done, FolderSchema, Nothing, ofFolder, PathSchema, TimeSchema } from './shapes';

export const PluginSummarySchema = Type.Object({
  folder: FolderSchema,
  name: Type.String({ description: "From the manifest; the folder's own name where that cannot be read" }),
  version: Type.Optional(Type.String()),
  pluginType: Type.Optional(PluginTypeSchema),
  language: Type.Optional(oneOf(['typescript', 'python', 'wasm'])),
  /** Process id of another studio that has the folder open too. */
  alsoOpenIn: Type.Optional(Type.Integer()),
});
export type PluginSummary = Static<typeof PluginSummarySchema>;

export const RecentPluginSchema = Type.Object({ folder: FolderSchema, name: Type.String(), openedAt: TimeSchema });
export type RecentPlugin = Static<typeof RecentPluginSchema>;

export const ExampleSchema = Type.Object({
  name: Type.String(),
  description: Type.String(),
  pluginType: PluginTypeSchema,
});
export type Example = Static<typeof ExampleSchema>;

export const FileEntrySchema = Type.Object({
  name: Type.String(),
  path: PathSchema,
  kind: oneOf(['file', 'folder']),
  size: Type.Integer({ minimum: 0, description: 'In bytes; 0 for a folder' }),
});
export type FileEntry = Static<typeof FileEntrySchema>;

export const FileContentSchema = Type.Object({
  path: PathSchema,
  text: Type.String(),
  /** Changes whenever the bytes do. */
  version: Type.String(),
});
export type FileContent = Static<typeof FileContentSchema>;

export const FileChangeSchema = Type.Object({
  path: PathSchema,
  kind: oneOf(['created', 'changed', 'deleted']),
});
export type FileChange = Static<typeof FileChangeSchema>;

export const BrowseResultSchema = Type.Object({
  path: Type.String({ description: 'Absolute' }),
  parent: Type.Optional(Type.String()),
  entries: Type.Array(
    Type.Object({
      name: Type.String(),
      path: Type.String(),
      kind: oneOf(['file', 'folder']),
      isPlugin: Type.Boolean({ description: 'Holds a plugin.json' }),
    }),
  ),
});
export type BrowseResult = Static<typeof BrowseResultSchema>;

const filePath = Type.Object({ folder: FolderSchema, path: PathSchema });

export const workspaceService = defineService({
  name: 'workspace',
  calls: {
    listPlugins: call(Nothing, Type.Array(PluginSummarySchema)),
    openPlugin: call(Type.Object({ folder: Type.String({ minLength: 1 }) }), PluginSummarySchema),
    closePlugin: call(ofFolder, Done),
    listRecent: call(Nothing, Type.Array(RecentPluginSchema)),
    listExamples: call(Nothing, Type.Array(ExampleSchema)),
    /** Copies the example into the person's own folder, unless it is there already, and opens it. */
    openExample: call(Type.Object({ name: Type.String() }), PluginSummarySchema),
    /** Lists a folder of the machine, to choose a plugin or a sample from; without a path the home folder. */
    browse: call(Type.Object({ path: Type.Optional(Type.String()) }), BrowseResultSchema),
    listFiles: call(filePath, Type.Array(FileEntrySchema)),
    /** Text of at most 5 MB in UTF-8. */
    readFile: call(filePath, FileContentSchema),
    /** Atomic. With expectedVersion the file must still be that version (null: must not exist). */
    writeFile: call(
      Type.Object({
        folder: FolderSchema,
        path: PathSchema,
        text: Type.String(),
        expectedVersion: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      }),
      Type.Object({ version: Type.String() }),
    ),
    createFolder: call(filePath, Done),
    rename: call(Type.Object({ folder: FolderSchema, path: PathSchema, to: PathSchema }), Done),
    remove: call(filePath, Done),
  },
  events: {
    didChangePlugins: Type.Array(PluginSummarySchema),
    didChangeFiles: Type.Object({ folder: FolderSchema, changes: Type.Array(FileChangeSchema) }),
  },
});
