/**
 * At most one running process of an opened plugin. What runs is the newest good build under the newest good
 * configuration. Starting and replacing happen one after the other; whoever stops ends what was begun before.
 */
import type { ConfigApplied, PluginStatus } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import { type Manifest, pluginId } from '@shared/schemas';
import type { EventBus } from '../bus/event-bus';
import type { AcceptedConfig, PluginConfig } from '../config/plugin-config';
import type { PluginInstance } from '../runtime/plugin-instance';
import type { PluginLog } from '../runtime/plugin-log';
import type { Supervisor } from '../runtime/supervisor';
import type { PluginAccess } from './plugin-access';
import type { BuiltPlugin, PluginBuild } from './plugin-build';

export interface RunningPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
  /** Ends the process where it was started for this use alone. */
  release(): Promise<void>;
}

export interface PluginProcess {
  status(): PluginStatus;
  start(): Promise<PluginStatus>;
  stop(): Promise<PluginStatus>;
  restart(): Promise<PluginStatus>;
  /** The running plugin, started or replaced where its source has changed; a process of its own for an override. */
  use(override?: Record<string, unknown>): Promise<RunningPlugin>;
  /** Gives the running plugin a configuration that was accepted. */
  handOver(accepted: AcceptedConfig): Promise<void>;
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
  readonly onError: (error: unknown) => void;
}

export function createPluginProcess(options: PluginProcessOptions): PluginProcess {
  const { folder, build, config, log, supervisor, bus, access, onError } = options;
  const didChangeStatus = createEmitter<PluginStatus>(onError);
  let instance: PluginInstance | undefined;
  let lastStatus: PluginStatus | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let halt = new AbortController();
  const { openBroker } = access;

  const inTurn = <Value>(task: () => Promise<Value>): Promise<Value> => {
    const next = turn.then(task, task);
    turn = next.catch(() => undefined);
    return next;
  };

  const idle = (): PluginStatus => ({
    folder,
    state: 'unloaded',
    isolation: supervisor.isolation,
    configGeneration: 0,
  });
  const status = () => instance?.status() ?? lastStatus ?? idle();

  const launch = async (built: BuiltPlugin, signal: AbortSignal, override?: Record<string, unknown>) => {
    const { config: values, generation } = await config.withOverride(override);
    return supervisor.start({ folder, ...built, config: values, generation, log, signal, openBroker });
  };

  const adopt = (started: PluginInstance) => {
    instance = started;
    lastStatus = undefined;
    const stopListening = started.onDidChangeStatus.on((next) => {
      if (instance === started && (next.state === 'error' || next.state === 'stopped')) {
        lastStatus = next;
        instance = undefined;
        stopListening();
      }
      didChangeStatus.emit(next);
    });
    didChangeStatus.emit(started.status());
  };

  const retire = async () => {
    const old = instance;
    if (old === undefined) return;
    await old.stop();
    if (instance === old) instance = undefined;
  };

  /** Not in turn: a plugin that hangs while it starts, or takes a configuration, must not be waited for. */
  const stopNow = () => {
    halt.abort();
    halt = new AbortController();
    const stopping = instance?.stop();
    return inTurn(async () => {
      await stopping;
      await retire();
    });
  };

  const current = async (signal: AbortSignal): Promise<{ instance: PluginInstance; manifest: Manifest }> => {
    const built = await build.buildOrThrow();
    const { manifest, artifact } = built;
    if (signal.aborted) throw new StudioError('plugins/cancelled', `${manifest.name} was stopped before it started.`);
    if (
      instance !== undefined &&
      instance.artifact.sourceHash === artifact.sourceHash &&
      instance.pluginId === pluginId(manifest)
    ) {
      return { instance, manifest };
    }
    await retire();
    try {
      adopt(await launch(built, signal));
    } catch (error) {
      if (error instanceof StudioError && error.code !== 'plugins/cancelled') {
        lastStatus = { ...idle(), state: 'error', error: { code: error.code, message: error.message } };
        didChangeStatus.emit(lastStatus);
      }
      throw error;
    }
    return { instance: instance!, manifest };
  };

  const currentInTurn = () => {
    const { signal } = halt;
    return inTurn(() => current(signal));
  };

  return {
    status,
    start: async () => (await currentInTurn()).instance.status(),
    async stop() {
      await stopNow();
      return status();
    },
    async restart() {
      void stopNow().catch(onError);
      return (await currentInTurn()).instance.status();
    },
    async use(override) {
      if (override === undefined || Object.keys(override).length === 0) {
        return { ...(await currentInTurn()), release: async () => undefined };
      }
      const { signal } = halt;
      const built = await build.buildOrThrow();
      const own = await launch(built, signal, override);
      return { instance: own, manifest: built.manifest, release: () => own.stop() };
    },
    /** One that starts now may have begun with the configuration before. It is free to go while it takes this one. */
    async handOver({ config: values, generation }) {
      const running = await inTurn(async () => instance);
      if (running === undefined) return;
      const applied = await running.reloadConfig(values, generation);
      if (['stopping', 'stopped'].includes(running.status().state)) return;
      config.noteApplied(applied);
      publishApplied(bus, running, applied);
    },
    onDidChangeStatus: didChangeStatus,
  };
}

function publishApplied(bus: EventBus, { pluginId: source, instanceId }: PluginInstance, applied: ConfigApplied): void {
  const { generation, durationMs, error } = applied;
  bus.publish({
    event_type: 'plugin.config_updated',
    source,
    source_id: instanceId,
    source_type: 'plugin',
    data: { generation, duration_ms: durationMs, ...(error === undefined ? {} : { error }) },
    priority: error === undefined ? 'low' : 'high',
  });
}
