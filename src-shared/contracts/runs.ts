/**
 * Samples and runs. A run sends the requests made from one sample to the plugin and keeps all that came back.
 * Errors: workspace/not-open, runs/no-sample, runs/sample-too-large, runs/sample-binary, runs/sample-unreadable,
 * runs/bad-name, runs/invalid-request (data: {problems}), runs/unsupported-target-type, runs/not-an-analyzer,
 * runs/busy, runs/cancelled, runs/closed, runs/no-run, and those of plugins.start. A run that went wrong after it began is no error: its outcome
 * and error say what happened.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { VulnerabilityResultSchema } from '../schemas';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { Done, ErrorSchema, FolderSchema, LogEntrySchema, ofFolder, TimeSchema } from './shapes';

export const SampleSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: oneOf(['file', 'folder', 'text']),
  /** In the plugin's samples/, chosen from elsewhere, or pasted. */
  origin: oneOf(['samples', 'chosen', 'pasted']),
  path: Type.Optional(Type.String({ description: 'Absolute, for a file or folder' })),
  size: Type.Integer({ minimum: 0, description: 'In bytes; 0 for a folder' }),
});
export type Sample = Static<typeof SampleSchema>;

export const SampleContentSchema = Type.Object({
  name: Type.String(),
  text: Type.String(),
  size: Type.Integer({ minimum: 0 }),
});
export type SampleContent = Static<typeof SampleContentSchema>;

export const RUN_OUTCOMES = [
  'running',
  'success',
  'plugin-error',
  'invalid-response',
  'timeout',
  'crashed',
  'cancelled',
] as const;

export const RunProgressSchema = Type.Object({
  done: Type.Integer({ minimum: 0 }),
  total: Type.Integer({ minimum: 0, description: 'Known so far; grows while a folder is walked' }),
  current: Type.String(),
});

export const RunSummarySchema = Type.Object({
  runId: Type.String({ description: 'Also the correlation_id of its events' }),
  folder: FolderSchema,
  pluginId: Type.String(),
  sampleId: Type.String(),
  sampleName: Type.String(),
  outcome: oneOf(RUN_OUTCOMES),
  startedAt: TimeSchema,
  durationMs: Type.Number({ minimum: 0 }),
  findingCount: Type.Integer({ minimum: 0 }),
  eventCount: Type.Integer({ minimum: 0 }),
  progress: Type.Optional(RunProgressSchema),
});
export type RunSummary = Static<typeof RunSummarySchema>;

export const FindingSchema = Type.Object({
  /** Stays the same from run to run for the same weakness in the same place. */
  fingerprint: Type.String(),
  change: oneOf(['new', 'same', 'first']),
  result: VulnerabilityResultSchema,
});
export type Finding = Static<typeof FindingSchema>;

export const RunSchema = Type.Object({
  ...RunSummarySchema.properties,
  /** The request, or the first of a folder's. */
  request: anyMap(),
  /** The response as it came, also where it breaks the contract; the last of a folder's. */
  response: Type.Optional(Type.Unknown()),
  /** Where the response breaks the contract. */
  responseProblems: Type.Array(Type.String()),
  findings: Type.Array(FindingSchema),
  /** Findings of the previous run of this sample that are no more. */
  gone: Type.Array(FindingSchema),
  previousRunId: Type.Optional(Type.String()),
  error: Type.Optional(ErrorSchema),
  warnings: Type.Array(Type.String()),
  logs: Type.Array(LogEntrySchema),
  isolation: Type.String(),
  configGeneration: Type.Integer({ minimum: 0 }),
});
export type Run = Static<typeof RunSchema>;

const ofRun = Type.Object({ runId: Type.String() });
const ofSample = Type.Object({ folder: FolderSchema, sampleId: Type.String() });

export const runsService = defineService({
  name: 'runs',
  calls: {
    listSamples: call(ofFolder, Type.Array(SampleSchema)),
    chooseSample: call(Type.Object({ folder: FolderSchema, path: Type.String({ minLength: 1 }) }), SampleSchema),
    pasteSample: call(
      Type.Object({ folder: FolderSchema, name: Type.String({ minLength: 1 }), text: Type.String() }),
      SampleSchema,
    ),
    /** Forgets a chosen or pasted sample; the file itself stays. */
    forgetSample: call(ofSample, Done),
    /** For a folder, `file` names one inside it. */
    readSample: call(
      Type.Object({ folder: FolderSchema, sampleId: Type.String(), file: Type.Optional(Type.String()) }),
      SampleContentSchema,
    ),
    /** The target types that the plugin says it supports. Starts it where it does not run. */
    listTargetTypes: call(ofFolder, Type.Array(Type.String())),
    /** The request that start would send, to look at and edit. Runs nothing of the plugin. */
    prepareRequest: call(
      Type.Object({
        folder: FolderSchema,
        sampleId: Type.String(),
        targetType: Type.Optional(Type.String()),
      }),
      anyMap(),
    ),
    /** Answers as soon as the run has begun; didChange tells of the rest. */
    start: call(
      Type.Object({
        folder: FolderSchema,
        sampleId: Type.String(),
        request: Type.Optional(anyMap()),
        config: Type.Optional(anyMap()),
        timeoutSeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
      }),
      RunSummarySchema,
    ),
    cancel: call(ofRun, Done),
    /** Stops the folder's run, also one that is about to begin: its start then fails with runs/cancelled. */
    cancelInFolder: call(ofFolder, Done),
    read: call(ofRun, RunSchema),
    list: call(ofFolder, Type.Array(RunSummarySchema)),
  },
  events: {
    didChange: RunSummarySchema,
    didChangeSamples: ofFolder,
  },
});
