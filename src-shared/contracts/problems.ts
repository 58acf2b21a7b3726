/** All that is wrong with the opened plugins as they are on disk: manifest, build and configuration together. */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { DiagnosticSchema, FolderSchema, ofFolder } from './shapes';

export const ProblemsSchema = Type.Object({ folder: FolderSchema, diagnostics: Type.Array(DiagnosticSchema) });
export type Problems = Static<typeof ProblemsSchema>;

export const problemsService = defineService({
  name: 'problems',
  calls: {
    list: call(ofFolder, ProblemsSchema),
  },
  events: {
    didChange: ProblemsSchema,
  },
});
