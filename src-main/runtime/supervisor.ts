/** Starts plugins, each in a process of its own, and answers for all of them: after close none is left. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunnerContext } from '@shared/contracts/runner-protocol';
import { StudioError } from '@shared/errors';
import { type Manifest, pluginId } from '@shared/schemas';
import type { EventBus } from '../bus';
import type { Broker } from '../capabilities/broker';
import type { Redact } from '../config/redactor';
import type { Artifact } from './artifact';
import { isolationOf, SES_ONLY } from './isolation';
import type { PluginFigures } from './plugin-figures';
import { createPluginInstance, type PluginInstance, type StartingInstance } from './plugin-instance';
import type { PluginLog } from './plugin-log';
import { startRunnerProcess } from './runner-process';
import { DEFAULT_LIMITS, limitsFor, type RuntimeLimits } from './runtime-limits';
import { createStandby } from './standby';

export interface StartOptions {
  /** The plugin's folder. */
  readonly folder: string;
  readonly manifest: Pick<Manifest, 'name' | 'version' | 'capabilities'>;
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
   * @throws StudioError plugins/start-failed, with what the plugin threw in its data; plugins/cancelled by the signal
   */
  start(options: StartOptions): Promise<PluginInstance>;
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
  /** The runtime of the processes; the host's own unless told. */
  readonly execPath?: string;
  readonly environment?: 'development' | 'production';
}

/** Of the contract that plugins are run by. */
const PLATFORM_VERSION = '1.0.0';
const API_VERSION = '1.0';

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { bus, runnerFile, tempFolder, execPath = process.execPath, environment = 'development' } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  let isolation = SES_ONLY;
  const ready = isolationOf(runnerFile, execPath).then((known) => {
    isolation = known;
  });
  const startProcess = (own: RuntimeLimits) =>
    startRunnerProcess({ execPath, runnerFile, folder: tempFolder, isolation, limits: own });
  const standby = createStandby(() => startProcess(limits));
  /** How much memory a process may have is settled when it starts. */
  const processFor = (own: RuntimeLimits) =>
    own.heapMb === limits.heapMb && own.memoryMb === limits.memoryMb ? standby.take() : startProcess(own);
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
    async prepare() {
      await Promise.all([mkdir(tempFolder, { recursive: true }), ready]);
      refuseWhenClosed();
      await standby.keep();
    },
    async start(startOptions) {
      await Promise.all([mkdir(tempFolder, { recursive: true }), ready]);
      refuseWhenClosed();
      const { folder, artifact, config, generation, log, signal, openBroker } = startOptions;
      if (signal?.aborted) throw new StudioError('plugins/cancelled', 'The start was stopped before it began.');
      const context = contextFor(startOptions, randomUUID());
      if (openBroker !== undefined) await mkdir(context.temp_directory);
      refuseWhenClosed();
      const broker = openBroker?.(context.temp_directory);
      const own = { ...limitsFor(limits, startOptions.manifest.capabilities), ...startOptions.limits };
      const runner = processFor(own);
      const starting = createPluginInstance({
        bus,
        runner,
        limits: own,
        runnerFile,
        folder,
        artifact,
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
