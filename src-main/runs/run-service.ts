/**
 * Runs samples through plugins. A run begins or is refused; once it has begun, whatever happens is told by its
 * outcome. Each plugin folder has one run at a time, since stopping a run costs the plugin's process.
 */
import { randomUUID } from 'node:crypto';
import type { MethodResult, Run, RunLimits, RunSummary } from '@shared/contracts';
import { isStudioError, StudioError, toWireError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { Manifest, PluginType } from '@shared/schemas';
import { METHODS, methodOf } from '@shared/schemas/methods';
import type { EventBus } from '../bus/event-bus';
import { createComparison } from './compare-findings';
import type { FileResult } from './file-result';
import type { OpenedSample } from './opened-sample';
import { choicesOf } from './plugin-choices';
import { createPluginSeat, type InstanceFor, type SeatedPlugin } from './plugin-seat';
import { executeRun } from './run-execution';
import { createRunHistory } from './run-history';
import { createRunRecord, type RunRecord } from './run-record';
import { prepareWork, previewRequest, type WorkTerms } from './run-work';
import type { SampleStore } from './sample-store';
import type { Choices } from './types/run-type';
import { RUN_TYPES } from './types/run-types';
import { unlessCancelled } from './unless-cancelled';

export interface StartOptions extends WorkTerms {
  readonly folder: string;
  readonly sampleId: string;
  /** Laid over the plugin's configuration for this run alone. */
  readonly config?: Record<string, unknown>;
  /** With these the run has a process of its own. */
  readonly limits?: RunLimits;
}

export interface StreamOptions extends WorkTerms {
  readonly folder: string;
  readonly sample: OpenedSample;
  readonly config?: Record<string, unknown>;
  readonly limits?: RunLimits;
  readonly signal?: AbortSignal;
  /** Hears of each file as it is done; the run waits until it has settled. The run keeps no findings then. */
  readonly onFileResult: (result: FileResult) => Promise<void> | void;
  readonly onProgress?: (summary: RunSummary) => void;
}

export interface CallOptions {
  readonly folder: string;
  /** By its wire name. */
  readonly method: string;
  readonly args: readonly unknown[];
  readonly config?: Record<string, unknown>;
  readonly limits?: RunLimits;
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
}

const CALL_TIMEOUT_SECONDS = 300;

export interface RunService {
  /**
   * The request that start would begin with, as far as it is known without running anything of the plugin: what it
   * supports is what it last told. Throws what reading the sample throws.
   */
  prepareRequest(options: { folder: string; sampleId: string; targetType?: string }): Promise<Record<string, unknown>>;
  /** What the plugin supports, by field of the request; none where it cannot be started. */
  listChoices(folder: string): Promise<Choices>;
  /**
   * Calls a method of the contract. Throws runs/no-such-method for one that the plugin's type does not have, and what
   * starting a plugin throws.
   */
  callMethod(options: CallOptions): Promise<MethodResult>;
  /**
   * Settles when the run has begun. Throws limits/not-allowed, runs/busy, runs/invalid-request, runs/not-supported, what reading a sample
   * throws, and what starting a plugin throws; runs/cancelled where it is stopped before it has begun.
   */
  start(options: StartOptions): Promise<RunSummary>;
  /** The same for the command line: settles when the run has ended. Throws what onFileResult throws, too. */
  stream(options: StreamOptions): Promise<{ run: Run; manifest: Manifest }>;
  /** Settles when the run has ended. Throws runs/no-run. */
  cancel(runId: string): Promise<void>;
  /** Settles when the folder's run has ended, also one that is about to begin. */
  cancelIn(folder: string): Promise<void>;
  /** Throws runs/no-run. */
  read(runId: string): Run;
  /** Newest first. */
  list(folder: string): RunSummary[];
  readonly onDidChange: Listenable<RunSummary>;
  /** Stops every run, and refuses new ones. */
  close(): Promise<void>;
}

export interface RunServiceOptions {
  readonly samples: SampleStore;
  readonly bus: EventBus;
  readonly instanceFor: InstanceFor;
  /** @throws StudioError limits/not-allowed where a run of the folder may not have so much */
  readonly refuseLimits: (folder: string, limits: RunLimits) => void;
  /** As its manifest says, if it does. */
  readonly pluginTypeOf: (folder: string) => Promise<PluginType | undefined>;
}

interface Active {
  readonly folder: string;
  readonly abort: AbortController;
  /** Absent until it has begun. */
  runId?: string;
  plugin?: SeatedPlugin;
  /** Settles when it has ended, or was refused; never rejects. */
  ended: Promise<void>;
}

type Begin = Omit<StreamOptions, 'sample' | 'onFileResult' | 'signal'> & {
  readonly open: () => Promise<OpenedSample>;
  readonly onFileResult?: (result: FileResult) => Promise<void>;
  readonly abort?: AbortController;
};

export function createRunService({
  samples,
  bus,
  instanceFor,
  refuseLimits,
  pluginTypeOf,
}: RunServiceOptions): RunService {
  const didChange = createEmitter<RunSummary>();
  const history = createRunHistory();
  const lastChoices = new Map<string, Choices>();
  /** By folder. */
  const active = new Map<string, Active>();
  let closed = false;

  /** Of the last time where a run is going on: asking now could replace the process that the run needs. */
  const listChoices = async (folder: string): Promise<Choices> => {
    if (active.has(folder)) return lastChoices.get(folder) ?? {};
    const choices = await choicesIfStartable(instanceFor, folder);
    lastChoices.set(folder, choices);
    return choices;
  };

  const callMethod = async ({ folder, method, args, config, limits, timeoutSeconds, signal }: CallOptions) => {
    // The process of a run that goes on, so that it is not replaced under it.
    const seated =
      (config === undefined && limits === undefined ? active.get(folder)?.plugin : undefined) ??
      (await instanceFor(folder, config, limits));
    const { instance, manifest } = seated;
    try {
      refuseUnknownMethod(manifest, method);
      const timeoutMs = (timeoutSeconds ?? CALL_TIMEOUT_SECONDS) * 1000;
      const begun = performance.now();
      const answer = await instance.invoke(method, [...args], { timeoutMs, signal }).then(
        (value) => ({ value }),
        (error: unknown) => ({ error: toWireError(error) }),
      );
      return { ...answer, durationMs: performance.now() - begun };
    } finally {
      if (seated !== active.get(folder)?.plugin) await seated.release();
    }
  };

  const found = (runId: string): RunRecord => {
    const record = history.find(runId);
    if (record !== undefined) return record;
    throw new StudioError('runs/no-run', `The run ${runId} is not kept any more. Run the sample again.`, {
      data: { runId },
    });
  };

  const addRecord = (
    folder: string,
    { sample }: OpenedSample,
    { instance, manifest }: SeatedPlugin,
    keepsFindings: boolean,
  ) => {
    const previous = history.lastSuccess(folder, sample.id);
    const comparison = createComparison(previous?.read().findings);
    const previousRunId = previous?.identity.runId;
    const { pluginId } = instance;
    const pluginType = manifest.plugin_type;
    const identity = { runId: randomUUID(), folder, pluginId, pluginType, sample, comparison, previousRunId };
    const record = createRunRecord(identity, keepsFindings);
    history.add(record);
    return record;
  };

  const begin = async (terms: Begin) => {
    const { folder, abort = new AbortController() } = terms;
    if (closed) throw new StudioError('runs/closed', 'The studio is closing. Start it again to run samples.');
    if (active.has(folder)) {
      throw new StudioError('runs/busy', 'This plugin is running a sample. Stop that run, or wait until it has ended.');
    }
    const run: Active = { folder, abort, ended: Promise.resolve() };
    active.set(folder, run);
    const begun = beginNow(run, terms);
    run.ended = begun.then(
      ({ ended }) => ended,
      () => undefined,
    );
    return begun.catch((error: unknown) => {
      active.delete(folder);
      throw error;
    });
  };

  const beginNow = async (run: Active, { config, limits, open, onFileResult, onProgress, ...terms }: Begin) => {
    const { folder } = run;
    const { signal } = run.abort;
    const seat = createPluginSeat(instanceFor, folder, config, signal, limits);
    try {
      const opened = await unlessCancelled(open(), signal);
      const plugin = await seat.take();
      const refuse = (ofRequest: RunLimits) => refuseLimits(folder, ofRequest);
      const work = await unlessCancelled(prepareWork(opened, plugin, terms, refuse), signal);
      lastChoices.set(folder, await choicesOf(plugin));
      const record = addRecord(folder, opened, plugin, onFileResult === undefined);
      run.runId = record.identity.runId;
      run.plugin = plugin;
      const onChange = () => {
        const summary = record.summary();
        onProgress?.(summary);
        didChange.emit(summary);
      };
      const ended = executeRun({ bus, record, work, seat, plugin, signal, onChange, onFileResult }).finally(() => {
        active.delete(folder);
        history.trim(folder);
      });
      return { record, ended, manifest: plugin.manifest };
    } catch (error) {
      const left = seat.leave();
      if (!signal.aborted) await left;
      // A run that was stopped does not wait for its process, which has its time to shut down.
      else left.catch(() => undefined);
      throw error;
    }
  };

  const stop = async (run: Active | undefined) => {
    run?.abort.abort();
    await run?.ended;
  };

  return {
    async prepareRequest({ folder, sampleId, targetType }) {
      const opened = await samples.open(folder, sampleId);
      const type = RUN_TYPES[(await pluginTypeOf(folder)) ?? 'analyzer'];
      const choices = lastChoices.get(folder) ?? {};
      const wanted = targetType === undefined ? {} : { target_type: targetType };
      return previewRequest(opened, { type, choices, wanted });
    },
    listChoices,
    callMethod,
    async start({ folder, sampleId, ...terms }) {
      const { record } = await begin({ ...terms, folder, open: () => samples.open(folder, sampleId) });
      return record.summary();
    },
    async stream({ sample, signal, onFileResult, ...terms }) {
      const abort = new AbortController();
      const unlink = linkAbort(signal, abort);
      const failures: unknown[] = [];
      const handOn = async (result: FileResult) => {
        try {
          await onFileResult(result);
        } catch (error) {
          failures.push(error);
          abort.abort();
        }
      };
      try {
        const { record, ended, manifest } = await begin({
          ...terms,
          open: async () => sample,
          onFileResult: handOn,
          abort,
        });
        await ended;
        if (failures.length > 0) throw failures[0];
        return { run: record.read(), manifest };
      } finally {
        unlink();
      }
    },
    async cancel(runId) {
      const { folder } = found(runId).identity;
      const run = active.get(folder);
      if (run?.runId === runId) await stop(run);
    },
    cancelIn: (folder) => stop(active.get(folder)),
    read: (runId) => found(runId).read(),
    list: (folder) => history.list(folder).map((record) => record.summary()),
    onDidChange: didChange,
    async close() {
      closed = true;
      await Promise.all([...active.values()].map(stop));
    },
  };
}

/** None where the plugin is broken: starting a run tells what is wrong with it. */
async function choicesIfStartable(instanceFor: InstanceFor, folder: string): Promise<Choices> {
  try {
    const seated = await instanceFor(folder);
    return await choicesOf(seated).finally(seated.release);
  } catch (error) {
    if (isStudioError(error)) return {};
    throw error;
  }
}

function refuseUnknownMethod({ name, plugin_type }: Manifest, method: string): void {
  if (methodOf(plugin_type, method) !== undefined) return;
  const known = METHODS[plugin_type].map((each) => each.name);
  throw new StudioError(
    'runs/no-such-method',
    `${name} is of the type ${plugin_type}, which has no method ${method} to call. It has ${known.join(', ')}.`,
    { data: { methods: known } },
  );
}

function linkAbort(signal: AbortSignal | undefined, abort: AbortController): () => void {
  const stop = () => abort.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return () => signal?.removeEventListener('abort', stop);
}
