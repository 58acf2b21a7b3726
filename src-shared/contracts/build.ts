/** Turning a plugin's source into what a runner loads. Errors: workspace/not-open. */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { DiagnosticSchema, FolderSchema, ofFolder } from './shapes';

export const BuildReportSchema = Type.Object({
  folder: FolderSchema,
  ok: Type.Boolean(),
  durationMs: Type.Number({ minimum: 0 }),
  /** Of the artifact; 0 where the build failed. */
  bytes: Type.Integer({ minimum: 0 }),
  diagnostics: Type.Array(DiagnosticSchema),
});
export type BuildReport = Static<typeof BuildReportSchema>;

export const buildService = defineService({
  name: 'build',
  calls: {
    build: call(ofFolder, BuildReportSchema),
  },
  events: {
    didBuild: BuildReportSchema,
  },
});
