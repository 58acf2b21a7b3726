/** One run of a plugin: its state from the load to the end of its process, and what others may ask of it meanwhile. */
import type { ConfigApplied, EffectiveLimit, EndReason, PluginStatus } from '@shared/contracts';
import type { RunnerContext } from '@shared/contracts/runner-protocol';
import { isStudioError, messageOf, StudioError, toWireError, type WireError } from '@shared/errors';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import type { LifecycleState, PluginType } from '@shared/schemas';
import type { EventBus } from '../bus';
import type { Broker } from '../capabilities/broker';
import type { Redact } from '../config/redactor';
import type { Artifact } from './artifact';
import { createCallsInProgress } from './calls-in-progress';
import { type LifecycleStep, transition } from './lifecycle';
import { endReasonOf } from './limit-hit';
import { effectiveLimits } from './limit-layers';
import { type CallOptions, timedOut } from './pending-calls';
import { createPluginConversation } from './plugin-conversation';
import type { PluginFigures } from './plugin-figures';
import { type PluginLog, pluginLogFor } from './plugin-log';
import type { RunnerProcess } from './runner-process';
import type { RuntimeLimits } from './runtime-limits';
import { createStackMapper } from './stack-mapper';
import { type UsageSample, watchUsage } from './usage-watch';

export interface PluginInstance {
  readonly instanceId: string;
  readonly pluginId: string;
  readonly artifact: Artifact;
  /** What holds for this process. */
  readonly limits: readonly EffectiveLimit[];
  status(): PluginStatus;
  readonly log: PluginLog;
  /**
   * Calls a method of the contract by its wire name. What is logged and published meanwhile carries its runId.
   * @throws StudioError plugins/plugin-error (data: name, message, stack), plugins/timeout, plugins/cancelled,
   *   plugins/crashed (data: exitCode, signal), plugins/unknown-method, plugins/not-running
   */
  invoke(method: string, args: unknown[], options: CallOptions): Promise<unknown>;
  /**
   * Waits for calls in progress; then the plugin has startup_timeout to take it, not counting what calls take that
   * come meanwhile. One change after the other. Never throws: what the plugin threw is in the answer, and the
   * generation is then the one before.
   */
  reloadConfig(config: Record<string, unknown>, generation: number): Promise<ConfigApplied>;
  /** Makes a plugin ready that was loaded alone. @throws as supervisor.start does; plugins/lifecycle-error */
  initialize(): Promise<void>;
  /** What health_check answers, or throws. It has no time limit, and ends nothing. */
  checkHealth(): Promise<unknown>;
  /** Hides the plugin's secrets in what is kept or shown; what the plugin itself says has gone through it. */
  readonly redact: Redact;
  /** A call or a delivery is in progress. */
  isBusy(): boolean;
  /**
   * Takes no more events; resolves when what was begun is done, or it has ended. An event that is never done with is not
   * waited for longer than for its shutdown.
   */
  drained(): Promise<void>;
  /** shutdown() within its time, then the end of the process. Resolves when that is gone. */
  stop(): Promise<void>;
  readonly onDidChangeStatus: Listenable<PluginStatus>;
}

export interface InstanceOptions {
  readonly bus: EventBus;
  readonly runner: RunnerProcess;
  readonly limits: RuntimeLimits;
  readonly runnerFile: string;
  readonly folder: string;
  readonly artifact: Artifact;
  readonly pluginType?: PluginType | undefined;
  readonly context: RunnerContext;
  readonly config: Record<string, unknown>;
  readonly generation: number;
  readonly log?: PluginLog;
  readonly broker?: Broker | undefined;
  readonly figures?: PluginFigures | undefined;
  readonly redact?: Redact;
}

export interface StartingInstance {
  readonly instance: PluginInstance;
  /** @throws StudioError plugins/start-failed (data: code, and what the failure itself had), plugins/cancelled */
  start(until: 'loaded' | 'ready'): Promise<void>;
  /** Resolves when the process has ended and all is told. */
  readonly ended: Promise<void>;
}

function startFailed(pluginId: string, failure: unknown): StudioError {
  const { code = 'studio/internal', data = {} } = isStudioError(failure) ? failure : {};
  return new StudioError('plugins/start-failed', `${pluginId} did not start. ${messageOf(failure)}`, {
    data: { ...data, code },
    cause: failure,
  });
}

export function createPluginInstance(options: InstanceOptions): StartingInstance {
  const { bus, runner, limits, runnerFile, folder, artifact, pluginType, context, config, broker, figures } = options;
  const { plugin_id: pluginId, instance_id: instanceId } = context;
  const { redact = (value) => value } = options;
  const log = options.log ?? pluginLogFor(limits);
  const mapStack = createStackMapper(artifact, runnerFile);
  const callsInProgress = createCallsInProgress();
  const conversation = createPluginConversation({
    bus,
    runner,
    limits,
    log,
    context,
    mapStack,
    broker,
    figures,
    redact,
    onHold: callsInProgress.standStill,
  });
  const statusChanged = createEmitter<PluginStatus>();
  let state: LifecycleState = 'unloaded';
  let generation = options.generation;
  let startedAt: number | undefined;
  let error: WireError | undefined;
  let endReason: EndReason | undefined;
  let running = 0;
  let lastReload: Promise<unknown> = Promise.resolve();

  const isOver = () => state === 'stopped' || state === 'error';

  const status = (): PluginStatus => ({
    folder,
    pluginId,
    state,
    isolation: runner.isolation,
    configGeneration: generation,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(runner.pid === undefined || isOver() ? {} : { pid: runner.pid }),
    ...(runner.memoryBytes === undefined || isOver() ? {} : { memoryBytes: runner.memoryBytes }),
    ...(error === undefined ? {} : { error }),
    ...(endReason === undefined ? {} : { endReason }),
  });

  const move = (step: LifecycleStep) => {
    const before = state;
    state = transition(state, step);
    figures?.noteTransition(before, state);
    statusChanged.emit(status());
  };

  /** A full queue of somebody else's must not decide over this plugin's life: it is said in the log instead. */
  const announce = (
    event_type: 'plugin.loaded' | 'plugin.unloaded' | 'plugin.error',
    data: Record<string, unknown>,
  ) => {
    try {
      bus.publish({
        event_type,
        source: pluginId,
        source_id: instanceId,
        source_type: 'plugin',
        priority: event_type === 'plugin.error' ? 'high' : 'low',
        data: { plugin_id: pluginId, instance_id: instanceId, ...data },
      });
    } catch (failure) {
      log.append('warning', `${event_type} did not reach every subscriber. ${messageOf(failure)}`);
    }
  };

  function onEnd(why: StudioError) {
    if (state !== 'stopping' && why.code === 'plugins/cancelled') move('stop');
    if (state === 'stopping') {
      move('stopped');
      announce('plugin.unloaded', {});
      return;
    }
    const failure = startedAt === undefined ? startFailed(pluginId, why) : why;
    error = toWireError(failure);
    endReason = endReasonOf(error);
    log.append('error', failure.message);
    move('fail');
    announce('plugin.error', { code: failure.code, message: failure.message });
  }

  /** Before `ended`, which waits until everything that the plugin had open is let go. */
  let hasExited = false;
  void runner.ended.then(() => {
    hasExited = true;
    // From now on its id may be that of another process.
    stopWatching();
  });

  let stopWatching: Dispose = () => undefined;
  void runner.ready.then(() => {
    if (hasExited || runner.pid === undefined) return;
    const { isBusy, standStill, end } = conversation;
    const holdDeadlines = standStill;
    const onSample = (sample: UsageSample) => figures?.noteSample(sample);
    stopWatching = watchUsage({
      pid: runner.pid,
      limits,
      isBusy,
      holdDeadlines,
      onSample,
      onLimit: end,
    });
  });

  const ended = conversation.ended.then((why) => {
    callsInProgress.close();
    onEnd(why);
  });

  const startup = { timeoutMs: limits.startupTimeoutMs };

  async function load() {
    move('load');
    await conversation.load(artifact, pluginType, config, startup);
    move('loaded');
  }

  async function initialize() {
    move('initialize');
    await conversation.invoke('initialize', [], startup);
    startedAt = Date.now();
    move('initialized');
    announce('plugin.loaded', { isolation: runner.isolation });
  }

  async function call(method: string, args: unknown[], callOptions: CallOptions): Promise<unknown> {
    if (state !== 'ready' && state !== 'running') {
      throw new StudioError('plugins/not-running', `The plugin is ${state}. Start it, then try again.`);
    }
    if (callOptions.signal?.aborted) throw new StudioError('plugins/cancelled', 'It was cancelled before it began.');
    if (running++ === 0) move('call');
    try {
      return await conversation.invoke(method, args, callOptions);
    } finally {
      if (--running === 0 && state === 'running') move('idle');
    }
  }

  /** @throws StudioError plugins/start-failed, plugins/cancelled; then the process is gone */
  async function orEnd(work: () => Promise<void>) {
    try {
      await work();
    } catch (failure) {
      if (state === 'stopping' || state === 'stopped') {
        await ended;
        throw new StudioError('plugins/cancelled', `${pluginId} was stopped while it started.`, { cause: failure });
      }
      conversation.end(isStudioError(failure) ? failure : startFailed(pluginId, failure));
      await ended;
      throw startFailed(pluginId, failure);
    }
  }

  async function invoke(method: string, args: unknown[], callOptions: CallOptions): Promise<unknown> {
    const end = callsInProgress.begin();
    const began = performance.now();
    const { timeoutMs } = callOptions;
    const note = (failed: boolean) => figures?.noteCall({ durationMs: performance.now() - began, timeoutMs, failed });
    try {
      const value = await call(method, args, callOptions);
      note(false);
      return value;
    } catch (failure) {
      note(true);
      throw failure;
    } finally {
      end();
    }
  }

  /** @throws what the plugin throws, and plugins/timeout where it had the time for itself and did not answer */
  async function reload(next: Record<string, unknown>): Promise<void> {
    const deadline = new AbortController();
    const { startupTimeoutMs } = limits;
    const forget = callsInProgress.afterNoneFor(startupTimeoutMs, () => deadline.abort(timedOut(startupTimeoutMs)));
    await call('reload_config', [next], { timeoutMs: Number.POSITIVE_INFINITY, signal: deadline.signal }).finally(
      forget,
    );
  }

  async function reloadWhenFree(next: Record<string, unknown>, nextGeneration: number): Promise<ConfigApplied> {
    await callsInProgress.none();
    const before = performance.now();
    const failure = await reload(next).then(() => undefined, messageOf);
    if (failure === undefined) {
      generation = nextGeneration;
      if (!isOver()) statusChanged.emit(status());
    }
    const durationMs = performance.now() - before;
    const applied = { instanceId, pluginId, generation: nextGeneration, at: Date.now(), durationMs };
    return failure === undefined ? applied : { ...applied, error: failure };
  }

  async function shutDown() {
    const last = { timeoutMs: limits.shutdownTimeoutMs, isLast: true };
    await conversation.invoke('shutdown', [], last).catch((failure: unknown) => {
      log.append('error', `shutdown() failed. ${messageOf(failure)}`);
    });
  }

  const instance: PluginInstance = {
    instanceId,
    pluginId,
    artifact,
    limits: effectiveLimits(limits),
    log,
    status,
    redact,
    invoke,
    onDidChangeStatus: statusChanged,
    reloadConfig(next, nextGeneration) {
      const reloaded = lastReload.then(() => reloadWhenFree(next, nextGeneration));
      lastReload = reloaded;
      return reloaded;
    },
    async initialize() {
      // Asked for at the wrong time, it is refused, and costs the plugin nothing.
      transition(state, 'initialize');
      await orEnd(initialize);
    },
    checkHealth: () => conversation.invoke('health_check', [], { timeoutMs: Number.POSITIVE_INFINITY, isOwn: true }),
    isBusy: conversation.isBusy,
    async drained() {
      conversation.unsubscribe();
      await conversation.delivered(limits.shutdownTimeoutMs);
      await callsInProgress.none();
    },
    async stop() {
      // One whose process has ended already was not stopped: it ends as it did.
      if (!isOver() && state !== 'stopping' && !hasExited) {
        const wasReady = startedAt !== undefined;
        move('stop');
        callsInProgress.close();
        if (wasReady) await shutDown();
        conversation.end(new StudioError('plugins/not-running', 'The plugin was stopped.'));
      }
      await ended;
    },
  };

  return {
    instance,
    ended,
    start: (until) =>
      orEnd(async () => {
        figures?.begin(limits);
        await load();
        if (until === 'ready') await initialize();
      }),
  };
}
