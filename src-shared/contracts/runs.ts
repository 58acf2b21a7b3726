/**
 * Samples and runs, of plugins of every type. A run sends the requests made from one sample to the main method of the
 * plugin's type (analyze, enrich, start_scan, send_notification, process) and keeps all that came back.
 * Errors: workspace/not-open, runs/no-sample, runs/sample-too-large, runs/sample-binary, runs/sample-unreadable,
 * runs/bad-name, runs/bad-sample, runs/invalid-request (data: {problems}), runs/not-supported (data: {field, choices}),
 * runs/no-such-method, limits/not-allowed (data: {limit, asked, most}), runs/busy, runs/cancelled, runs/closed, runs/no-run, and those of plugins.start. A run that went
 * wrong after it began is no error: its outcome and error say what happened.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { PluginTypeSchema, VulnerabilityResultSchema } from '../schemas';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { EffectiveLimitSchema, RunLimitsSchema } from './limits';
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
  /** What is counted: files of a folder, requests or events of one sample, or percent of a scan. */
  unit: oneOf(['file', 'request', 'event', 'percent']),
});

export const RunSummarySchema = Type.Object({
  runId: Type.String({ description: 'Also the correlation_id of its events' }),
  folder: FolderSchema,
  pluginId: Type.String(),
  pluginType: PluginTypeSchema,
  sampleId: Type.String(),
  sampleName: Type.String(),
  outcome: oneOf(RUN_OUTCOMES),
  startedAt: TimeSchema,
  durationMs: Type.Number({ minimum: 0 }),
  findingCount: Type.Integer({
    minimum: 0,
    description: "Results of the plugin's type: findings, enrichments, findings of a scan, deliveries, events out",
  }),
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

/** One request and what came of it. */
export const ExchangeSchema = Type.Object({
  /** The file, the line or the event that the request was made from. */
  label: Type.String(),
  request: anyMap(),
  response: Type.Optional(Type.Unknown()),
  outcome: oneOf(RUN_OUTCOMES),
  error: Type.Optional(ErrorSchema),
  durationMs: Type.Number({ minimum: 0 }),
});
export type Exchange = Static<typeof ExchangeSchema>;

export const MethodResultSchema = Type.Object({
  value: Type.Optional(Type.Unknown()),
  /** What the plugin threw, or how its process ended. */
  error: Type.Optional(ErrorSchema),
  durationMs: Type.Number({ minimum: 0 }),
});
export type MethodResult = Static<typeof MethodResultSchema>;

export const RunSchema = Type.Object({
  ...RunSummarySchema.properties,
  /** The request, or the first of several. */
  request: anyMap(),
  /** The response as it came, also where it breaks the contract; the last of several, or of a scan that goes on. */
  response: Type.Optional(Type.Unknown()),
  /** Where the response breaks the contract. */
  responseProblems: Type.Array(Type.String()),
  /** All that were sent so far, but not of analyzers, whose findings say what came back. */
  exchanges: Type.Array(ExchangeSchema),
  /** Of analyzers and scanners; of a scan that goes on what it has found so far. */
  findings: Type.Array(FindingSchema),
  /** Findings of the previous run of this sample that are no more. */
  gone: Type.Array(FindingSchema),
  previousRunId: Type.Optional(Type.String()),
  error: Type.Optional(ErrorSchema),
  warnings: Type.Array(Type.String()),
  warningCount: Type.Integer({ minimum: 0, description: 'Of all, also those that are not kept' }),
  logs: Type.Array(LogEntrySchema),
  isolation: Type.String(),
  /** Of the last request; absent before the first is answered. */
  limits: Type.Optional(Type.Array(EffectiveLimitSchema)),
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
    /**
     * What the plugin says it supports, by field of the request: target_type; data_type, enrichment_types; scan_type,
     * scan_profile; channels. Starts it where it does not run; empty where it cannot be started.
     */
    listChoices: call(ofFolder, Type.Record(Type.String(), Type.Array(Type.String()))),
    /**
     * Calls a method of the contract by its wire name; schemas/methods.ts has them. Starts the plugin where it does
     * not run. What the plugin throws is in the answer.
     */
    callMethod: call(
      Type.Object({ folder: FolderSchema, method: Type.String({ minLength: 1 }), args: Type.Array(Type.Unknown()) }),
      MethodResultSchema,
    ),
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
        /** The whole request; where the sample makes several, what it changes of the first is changed in all. */
        request: Type.Optional(anyMap()),
        config: Type.Optional(anyMap()),
        timeoutSeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
        limits: Type.Optional(RunLimitsSchema),
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
