/** Checks of plugin.json. Errors: workspace/not-open. */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { DiagnosticSchema, FolderSchema, PathSchema } from './shapes';

export const EntryPointSchema = Type.Object({
  module: Type.String(),
  className: Type.String(),
  language: oneOf(['typescript', 'python', 'wasm']),
  file: PathSchema,
  /** Line of the class, from 1, where it was found in the source. */
  line: Type.Optional(Type.Integer({ minimum: 1 })),
});
export type EntryPoint = Static<typeof EntryPointSchema>;

export const ManifestReportSchema = Type.Object({
  diagnostics: Type.Array(DiagnosticSchema),
  /** The parsed document, also where it breaks the contract; absent where it is no JSON object. */
  document: Type.Optional(anyMap()),
  entry: Type.Optional(EntryPointSchema),
});
export type ManifestReport = Static<typeof ManifestReportSchema>;

export const manifestService = defineService({
  name: 'manifest',
  calls: {
    /** Checks the given text, or the file where there is none. */
    check: call(Type.Object({ folder: FolderSchema, text: Type.Optional(Type.String()) }), ManifestReportSchema),
  },
  events: {},
});
