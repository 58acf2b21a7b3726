/**
 * The tests of a plugin: tests/*.test.ts, run in its sandbox. A test that fails is no error of a call: the state says
 * so. Errors: workspace/not-open, tests/running, tests/no-test, tests/exists.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { oneOf } from '../schemas/building-blocks';
import { DiagnosticSchema, Done, ErrorSchema, FolderSchema, LogEntrySchema, ofFolder, PathSchema } from './shapes';

export const TEST_OUTCOMES = [
  /** Not run since it was found, or since its run was cancelled. */
  'none',
  'waiting',
  'running',
  'passed',
  'failed',
  'timeout',
  'crashed',
  'skipped',
  'todo',
] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

export const TestPlaceSchema = Type.Object({
  file: PathSchema,
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
});
export type TestPlace = Static<typeof TestPlaceSchema>;

export const TestSummarySchema = Type.Object({
  id: Type.String({ description: 'Of the folder; stays the same as long as file and names do' }),
  file: PathSchema,
  path: Type.Array(Type.String(), { minItems: 1, description: 'Groups, then the name of the test' }),
  place: TestPlaceSchema,
  outcome: oneOf(TEST_OUTCOMES),
  durationMs: Type.Number({ minimum: 0 }),
});
export type TestSummary = Static<typeof TestSummarySchema>;

export const TestFileSchema = Type.Object({
  file: PathSchema,
  /** Its tests are known. */
  read: Type.Boolean(),
  /** Why it could not be built or loaded. */
  error: Type.Optional(ErrorSchema),
  diagnostics: Type.Array(DiagnosticSchema),
});
export type TestFile = Static<typeof TestFileSchema>;

export const TestsStateSchema = Type.Object({
  folder: FolderSchema,
  activity: oneOf(['idle', 'reading', 'running']),
  /** Runs again what a save may have changed. */
  watching: Type.Boolean(),
  files: Type.Array(TestFileSchema),
  tests: Type.Array(TestSummarySchema),
  /** Of the run that goes on, or else of the last one. */
  progress: Type.Optional(
    Type.Object({ done: Type.Integer({ minimum: 0 }), total: Type.Integer({ minimum: 0 }), durationMs: Type.Number() }),
  ),
});
export type TestsState = Static<typeof TestsStateSchema>;

export const TestFailureSchema = Type.Object({
  name: Type.String(),
  message: Type.String(),
  expected: Type.Optional(Type.String()),
  actual: Type.Optional(Type.String()),
  /** Lines that begin with - (expected), + (actual) or a blank. */
  diff: Type.Optional(Type.String()),
  /** In the plugin's own files and lines. */
  stack: Type.String(),
  place: TestPlaceSchema,
});
export type TestFailure = Static<typeof TestFailureSchema>;

export const TestDetailSchema = Type.Object({
  ...TestSummarySchema.properties,
  failures: Type.Array(TestFailureSchema),
  /** What it wrote to the console. */
  logs: Type.Array(LogEntrySchema),
});
export type TestDetail = Static<typeof TestDetailSchema>;

export const testsService = defineService({
  name: 'tests',
  calls: {
    /** What is known; finds files, and runs nothing. */
    read: call(ofFolder, TestsStateSchema),
    /** Builds and loads every file in the sandbox, to know its tests. */
    list: call(ofFolder, TestsStateSchema),
    /** Answers when the run has begun. Everything, or only the named files and tests. */
    run: call(
      Type.Object({
        folder: FolderSchema,
        files: Type.Optional(Type.Array(PathSchema)),
        tests: Type.Optional(Type.Array(Type.String())),
      }),
      Done,
    ),
    /** Answers when it has ended. */
    cancel: call(ofFolder, Done),
    setWatching: call(Type.Object({ folder: FolderSchema, watching: Type.Boolean() }), Done),
    readTest: call(Type.Object({ folder: FolderSchema, id: Type.String() }), TestDetailSchema),
    /** Writes a first test for the plugin's type, and says where. */
    createFirst: call(ofFolder, Type.Object({ path: PathSchema })),
  },
  events: {
    didChange: TestsStateSchema,
  },
});
