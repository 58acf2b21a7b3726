/**
 * At most one running process of an opened plugin. What runs is the newest good build under the newest good
 * configuration. Starting and replacing happen one after the other; whoever stops ends what was begun before. A plugin
 * that somebody started is kept running: see supervision.ts. One that only a run has started is not.
 */
import type { ConfigApplied, EffectiveLimit, PluginStatus, RunLimits } from '@shared/contracts';
import { messageOf, StudioError, toWireError, type WireError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import { type Capabilities, type Manifest, pluginId } from '@shared/schemas';
import type { EventBus } from '../bus/event-bus';
import type { AcceptedConfig, PluginConfig } from '../config/plugin-config';
import { effectiveLimits } from '../runtime/limit-layers';
import { createPluginFigures, type PluginFigures } from '../runtime/plugin-figures';
import type { PluginInstance } from '../runtime/plugin-instance';
import type { PluginLog } from '../runtime/plugin-log';
import type { Supervisor } from '../runtime/supervisor';
import { createTurns } from '../timing/turns';
import { createDraining } from './draining';
import { permit } from './lifecycle-actions';
import type { PluginAccess } from './plugin-access';
import type { BuiltPlugin, PluginBuild } from './plugin-build';
import { createSupervision, type SupervisionRules } from './supervision';

export interface RunningPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
  /** Ends the process where it was started for this use alone. */
  release(): Promise<void>;
}

export interface PluginProcess {
  status(): PluginStatus;
  readonly figures: PluginFigures;
  /** Constructs the plugin, and does not initialize it. */
  load(): Promise<PluginStatus>;
  start(): Promise<PluginStatus>;
  stop(): Promise<PluginStatus>;
  restart(): Promise<PluginStatus>;
  /** Swaps in a new process when it is ready. Throws what keeps it from starting; the old one then goes on. */
  reload(): Promise<PluginStatus>;
  unload(): Promise<PluginStatus>;
  release(): PluginStatus;
  checkHealth(): Promise<PluginStatus>;
  /** The same as reload after a build, where the plugin runs and its code is another now. Never throws. */
  followBuild(): Promise<void>;
  /**
   * The running plugin, started or replaced where its source has changed; a process of its own for an override, or for
   * limits of its own. @throws StudioError limits/not-allowed, too
   */
  use(override?: Record<string, unknown>, limits?: RunLimits): Promise<RunningPlugin>;
  /** What holds for a process that starts now. */
  limits(): EffectiveLimit[];
  /** @throws StudioError limits/not-allowed where a run may not have so much */
  refuseLimits(limits: RunLimits): void;
  /** Gives the running plugin a configuration that was accepted. */
  handOver(accepted: AcceptedConfig): Promise<void>;
  /** Why nothing of the plugin can be read at present. What runs goes on, and its status says so. */
  noteAbsence(why: StudioError | undefined): void;
  readonly onDidChangeStatus: Listenable<PluginStatus>;
}

export interface PluginProcessOptions {
  readonly folder: string;
  readonly build: PluginBuild;
  readonly config: PluginConfig;
  readonly log: PluginLog;
  readonly supervisor: Supervisor;
  readonly bus: EventBus;
  readonly access: PluginAccess;
  readonly rules?: Partial<SupervisionRules>;
  readonly healthIntervalMs?: (() => number | undefined) | undefined;
  readonly capabilities: () => Pick<Capabilities, 'memory_intensive' | 'cpu_intensive'>;
  readonly onError: (error: unknown) => void;
}

type Until = 'loaded' | 'ready';

interface LaunchTerms {
  readonly until?: Until;
  /** With either of these the process is one run's alone. */
  readonly override?: Record<string, unknown> | undefined;
  readonly runLimits?: RunLimits | undefined;
}

const isEmpty = (value: object | undefined) => value === undefined || Object.keys(value).length === 0;

export function createPluginProcess(options: PluginProcessOptions): PluginProcess {
  const { folder, build, config, log, supervisor, bus, access, onError } = options;
  const didChangeStatus = createEmitter<PluginStatus>(onError);
  const figures = createPluginFigures(() => supervisor.limitsFor(options.capabilities()));
  const draining = createDraining(onError);
  let instance: PluginInstance | undefined;
  let lastStatus: PluginStatus | undefined;
  let reloadError: WireError | undefined;
  let absence: WireError | undefined;
  const turns = createTurns();
  let halt = new AbortController();
  const { openBroker } = access;

  const inTurn = <Value>(task: () => Promise<Value>): Promise<Value> => turns.run([folder], task);

  const idle = (): PluginStatus => ({
    folder,
    state: 'unloaded',
    isolation: supervisor.isolation,
    configGeneration: 0,
  });
  const status = (): PluginStatus => ({
    ...(instance?.status() ?? lastStatus ?? idle()),
    ...supervision.status(),
    restarts: figures.restarts,
    ...(reloadError === undefined ? {} : { reloadError }),
    ...(absence === undefined ? {} : { error: absence }),
  });
  const tell = () => didChangeStatus.emit(status());

  const supervision = createSupervision({
    rules: options.rules ?? {},
    healthIntervalMs: options.healthIntervalMs,
    onChange: tell,
    restart: () => {
      figures.noteRestart();
      return currentInTurn();
    },
    async giveUp(error) {
      await stopNow();
      lastStatus = { ...idle(), error: toWireError(error) };
      log.append('error', error.message);
      tell();
    },
    onError,
  });

  const launch = async (
    built: BuiltPlugin,
    signal: AbortSignal,
    { until = 'ready', override, runLimits }: LaunchTerms = {},
  ) => {
    const { config: values, generation } = await config.withOverride(override);
    const own = override === undefined && runLimits === undefined ? { figures, until } : { runLimits: runLimits ?? {} };
    const { redact } = config;
    return supervisor.start({ folder, ...built, config: values, generation, log, signal, openBroker, redact, ...own });
  };

  const adopt = (started: PluginInstance) => {
    instance = started;
    lastStatus = undefined;
    reloadError = undefined;
    const stopListening = started.onDidChangeStatus.on((next) => {
      if (instance !== started) return stopListening();
      if (next.state === 'error' || next.state === 'stopped') {
        lastStatus = next;
        instance = undefined;
        stopListening();
        supervision.noteEnd(next);
      }
      tell();
    });
    supervision.noteStart(started);
    tell();
  };

  const retire = async () => {
    const old = instance;
    if (old === undefined) return;
    await old.stop();
    if (instance === old) instance = undefined;
  };

  /** Not in turn: a plugin that hangs while it starts, or takes a configuration, must not be waited for. */
  const stopNow = () => {
    supervision.forget();
    halt.abort();
    halt = new AbortController();
    const stopping = [instance?.stop(), draining.stop()];
    return inTurn(async () => {
      await Promise.all(stopping);
      await retire();
    });
  };

  const isCurrent = ({ manifest, artifact }: BuiltPlugin) =>
    instance !== undefined &&
    instance.artifact.sourceHash === artifact.sourceHash &&
    instance.pluginId === pluginId(manifest);

  const noteStartFailure = (error: unknown) => {
    if (!(error instanceof StudioError) || error.code === 'plugins/cancelled') return;
    lastStatus = { ...idle(), state: 'error', error: toWireError(error) };
    supervision.noteEnd(lastStatus);
    tell();
  };

  /** Replaces the process, but one that is there and was loaded alone: that is made ready where it should be. */
  const current = async (signal: AbortSignal, until: Until = 'ready') => {
    supervision.refuseInQuarantine();
    const built = await build.buildOrThrow();
    const { manifest } = built;
    if (signal.aborted) throw new StudioError('plugins/cancelled', `${manifest.name} was stopped before it started.`);
    if (isCurrent(built)) {
      if (until === 'ready' && instance?.status().state === 'loaded') await instance.initialize();
      return { instance: instance!, manifest };
    }
    await retire();
    try {
      adopt(await launch(built, signal, { until }));
    } catch (error) {
      noteStartFailure(error);
      throw error;
    }
    return { instance: instance!, manifest };
  };

  const currentInTurn = (until?: Until) => {
    const { signal } = halt;
    return inTurn(() => current(signal, until));
  };

  const started = async (until?: Until) => {
    await currentInTurn(until);
    return status();
  };

  /** The old process answers what it was asked, and hears no more events, from when the new one is ready. */
  const swap = async (built: BuiltPlugin, signal: AbortSignal) => {
    const next = await launch(built, signal);
    const old = instance;
    adopt(next);
    if (old !== undefined) draining.begin(old);
  };

  const isReady = () => ['ready', 'running'].includes(instance?.status().state ?? 'unloaded');

  const checked = (action: Parameters<typeof permit>[0]) => permit(action, status());

  return {
    status,
    figures,
    async load() {
      checked('load');
      return started('loaded');
    },
    async start() {
      checked('start');
      supervision.keep();
      return started();
    },
    async stop() {
      await stopNow();
      return status();
    },
    async restart() {
      checked('restart');
      void stopNow().catch(onError);
      supervision.keep();
      return started();
    },
    async reload() {
      checked('reload');
      const { signal } = halt;
      await inTurn(async () => {
        const built = await build.buildOrThrow();
        checked('reload');
        await swap(built, signal);
      });
      return status();
    },
    async unload() {
      checked('unload');
      await stopNow();
      lastStatus = undefined;
      tell();
      return status();
    },
    release() {
      checked('release');
      supervision.release();
      return status();
    },
    async checkHealth() {
      checked('checkHealth');
      await supervision.checkHealth();
      return status();
    },
    followBuild() {
      const { signal } = halt;
      return inTurn(async () => {
        const built = build.newest();
        if (built === undefined || !isReady() || isCurrent(built)) return;
        try {
          await swap(built, signal);
        } catch (error) {
          if (signal.aborted) return;
          reloadError = toWireError(error);
          log.append('error', `The new code did not start, so the old goes on. ${messageOf(error)}`);
          tell();
        }
      });
    },
    async use(override, runLimits) {
      if (isEmpty(override) && isEmpty(runLimits)) {
        const running = await currentInTurn();
        const release = draining.use(running.instance);
        return { ...running, release: async () => release() };
      }
      const { signal } = halt;
      const built = await build.buildOrThrow();
      const own = await launch(built, signal, { override, runLimits: runLimits ?? {} });
      return { instance: own, manifest: built.manifest, release: () => own.stop() };
    },
    limits: () => effectiveLimits(supervisor.limitsFor(options.capabilities())),
    refuseLimits: (limits) => void supervisor.limitsFor(options.capabilities(), limits),
    /** One that starts now may have begun with the configuration before. It is free to go while it takes this one. */
    async handOver({ config: values, generation }) {
      const running = await inTurn(async () => instance);
      if (running === undefined) return;
      const applied = await running.reloadConfig(values, generation);
      if (['stopping', 'stopped'].includes(running.status().state)) return;
      config.noteApplied(applied);
      publishApplied(bus, log, running, applied);
    },
    noteAbsence(why) {
      absence = why === undefined ? undefined : toWireError(why);
      // A start that was tried meanwhile failed for no other reason.
      if (why === undefined && lastStatus?.error?.code === 'workspace/folder-gone') lastStatus = undefined;
      tell();
    },
    onDidChangeStatus: didChangeStatus,
  };
}

/** A full queue of somebody else's is no matter of the configuration's: it is said in the log. */
function publishApplied(
  bus: EventBus,
  log: PluginLog,
  { pluginId: source, instanceId }: PluginInstance,
  { generation, durationMs, error }: ConfigApplied,
): void {
  const event_type = 'plugin.config_updated';
  try {
    bus.publish({
      event_type,
      source,
      source_id: instanceId,
      source_type: 'plugin',
      data: { generation, duration_ms: durationMs, ...(error === undefined ? {} : { error }) },
      priority: error === undefined ? 'low' : 'high',
    });
  } catch (failure) {
    log.append('warning', `${event_type} did not reach every subscriber. ${messageOf(failure)}`);
  }
}
