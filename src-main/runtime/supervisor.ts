/** Starts plugins, each in a process of its own, and answers for all of them: after close none is left. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunLimits } from '@shared/contracts';
import type { RunnerContext } from '@shared/contracts/runner-protocol';
import { StudioError } from '@shared/errors';
import { type Manifest, pluginId } from '@shared/schemas';
import type { EventBus } from '../bus';
import type { Broker } from '../capabilities/broker';
import type { Redact } from '../config/redactor';
import type { Artifact } from './artifact';
import { isolationOf, SES_ONLY } from './isolation';
import { limitsOfManifest, limitsOfRun } from './limit-layers';
import type { PluginFigures } from './plugin-figures';
import { createPluginInstance, type PluginInstance, type StartingInstance } from './plugin-instance';
import type { PluginLog } from './plugin-log';
import { type RunnerProcess, startRunnerProcess } from './runner-process';
import { DEFAULT_LIMITS, type RuntimeLimits } from './runtime-limits';
import { createStandby } from './standby';

export interface StartOptions {
  /** The plugin's folder. */
  readonly folder: string;
  /** Without a plugin_type it is not looked whether the class is of it. */
  readonly manifest: Pick<Manifest, 'name' | 'version' | 'capabilities'> & Partial<Pick<Manifest, 'plugin_type'>>;
  readonly artifact: Artifact;
  /** Effective configuration, already checked. */
  readonly config: Record<string, unknown>;
  readonly generation: number;
  /** Where the plugin's lines go, so that a log outlives the process; one of its own unless given. */
  readonly log?: PluginLog;
  /** Opens what does for this process what its sandbox cannot; without it every capability is denied. */
  readonly openBroker?: (tempFolder: string) => Broker;
  /** Hides the plugin's secrets in what it says; without it nothing is hidden. */
  readonly redact?: Redact;
  /** Ends the start, and the process with it, at once. */
  readonly signal?: AbortSignal;
  /** For this process alone; what the manifest asks for comes on top of the others. */
  readonly limits?: Partial<RuntimeLimits>;
  /** What a run is given of what it could have. */
  readonly runLimits?: RunLimits;
  /** Where it is counted and measured. */
  readonly figures?: PluginFigures;
  /** Loaded alone, it waits for initialize(); ready unless told. */
  readonly until?: 'loaded' | 'ready';
}

export interface Supervisor {
  /** What holds plugins in on this machine, such as "ses + permissions + namespace"; "ses only" until that is known. */
  readonly isolation: string;
  /** Resolves when the isolation is known. No plugin starts before. */
  readonly ready: Promise<void>;
  /** From now on keeps a process waiting, so that starts are fast. Resolves when it is ready. */
  prepare(): Promise<void>;
  /**
   * Loads and initializes.
   * @throws StudioError plugins/start-failed, with what the plugin threw in its data; plugins/cancelled by the signal;
   *   limits/not-allowed
   */
  start(options: StartOptions): Promise<PluginInstance>;
  /** What a plugin that says this of itself would have, started now, with what a run is given. @throws limits/not-allowed */
  limitsFor(capabilities: StartOptions['manifest']['capabilities'], run?: RunLimits): RuntimeLimits;
  /** Stops all plugins. Leaves no process. */
  close(): Promise<void>;
}

export interface SupervisorOptions {
  readonly bus: EventBus;
  /** The runner's bundle, one file. */
  readonly runnerFile: string;
  /** Where processes run; each has a folder of its own in it as temp_directory. Made where it is missing. */
  readonly tempFolder: string;
  readonly limits?: Partial<RuntimeLimits>;
  /** The same, where it may change meanwhile: asked at each start. */
  readonly presentLimits?: () => RuntimeLimits;
  /** The runtime of the processes; the host's own unless told. */
  readonly execPath?: string;
  readonly environment?: 'development' | 'production';
}

/** Of the contract that plugins are run by. */
const PLATFORM_VERSION = '1.0.0';
const API_VERSION = '1.0';

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { bus, runnerFile, tempFolder, execPath = process.execPath, environment = 'development' } = options;
  const { presentLimits = () => DEFAULT_LIMITS } = options;
  const limitsNow = () => ({ ...presentLimits(), ...options.limits });
  let isolation = SES_ONLY;
  const ready = isolationOf(runnerFile, execPath).then((known) => {
    isolation = known;
  });
  /** How much memory a process may have is settled when it starts. */
  const startedWith = new WeakMap<RunnerProcess, RuntimeLimits>();
  const startProcess = (own: RuntimeLimits) => {
    const runner = startRunnerProcess({ execPath, runnerFile, folder: tempFolder, isolation, limits: own });
    startedWith.set(runner, own);
    return runner;
  };
  const standby = createStandby(() => startProcess(limitsNow()));
  const hasSameMemory = (a: RuntimeLimits | undefined, b: RuntimeLimits) =>
    a?.heapMb === b.heapMb && a.memoryMb === b.memoryMb;
  const processFor = (own: RuntimeLimits) => {
    if (!hasSameMemory(limitsNow(), own)) return startProcess(own);
    const waiting = standby.take();
    if (hasSameMemory(startedWith.get(waiting), own)) return waiting;
    // What holds for all has changed while it waited.
    waiting.kill();
    return startProcess(own);
  };
  const limitsFor: Supervisor['limitsFor'] = (capabilities, run = {}) =>
    limitsOfRun(limitsOfManifest(limitsNow(), capabilities), run);
  const instances = new Set<StartingInstance>();
  let closed = false;

  const contextFor = ({ folder, manifest, openBroker }: StartOptions, instanceId: string): RunnerContext => ({
    plugin_id: pluginId(manifest),
    instance_id: instanceId,
    startup_time: new Date().toISOString(),
    working_directory: folder,
    temp_directory: openBroker === undefined ? tempFolder : join(tempFolder, instanceId),
    platform_version: PLATFORM_VERSION,
    api_version: API_VERSION,
    environment,
  });

  const refuseWhenClosed = () => {
    if (closed) throw new StudioError('plugins/not-running', 'The studio is closing. Start it again to run plugins.');
  };

  return {
    get isolation() {
      return isolation.name;
    },
    ready,
    limitsFor,
    async prepare() {
      await Promise.all([mkdir(tempFolder, { recursive: true }), ready]);
      refuseWhenClosed();
      await standby.keep();
    },
    async start(startOptions) {
      await Promise.all([mkdir(tempFolder, { recursive: true }), ready]);
      refuseWhenClosed();
      const { folder, manifest, artifact, config, generation, log, signal, openBroker, runLimits } = startOptions;
      const own = { ...limitsFor(manifest.capabilities, runLimits), ...startOptions.limits };
      if (signal?.aborted) throw new StudioError('plugins/cancelled', 'The start was stopped before it began.');
      const context = contextFor(startOptions, randomUUID());
      if (openBroker !== undefined) await mkdir(context.temp_directory);
      refuseWhenClosed();
      const broker = openBroker?.(context.temp_directory);
      const runner = processFor(own);
      const starting = createPluginInstance({
        bus,
        runner,
        limits: own,
        runnerFile,
        folder,
        artifact,
        pluginType: manifest.plugin_type,
        context,
        config,
        generation,
        broker,
        figures: startOptions.figures,
        ...(startOptions.redact === undefined ? {} : { redact: startOptions.redact }),
        ...(log === undefined ? {} : { log }),
      });
      instances.add(starting);
      void starting.ended.then(() => instances.delete(starting));
      const stop = () => void starting.instance.stop();
      signal?.addEventListener('abort', stop, { once: true });
      await starting.start(startOptions.until ?? 'ready').finally(() => signal?.removeEventListener('abort', stop));
      return starting.instance;
    },
    async close() {
      closed = true;
      await Promise.all([standby.close(), ...[...instances].map(({ instance }) => instance.stop())]);
    },
  };
}
