/**
 * Wires the whole host, and is the only place that does. A shell makes one studio, connects a port for each window
 * or uses the services directly, and closes it: everything that was started stops, in reverse order.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  buildService,
  configService,
  eventsService,
  manifestService,
  permissionsService,
  pluginsService,
  problemsService,
  runsService,
  type StudioInfo,
  studioService,
  testsService,
  workspaceService,
} from '@shared/contracts';
import { toWireError } from '@shared/errors';
import { createEmitter, createOffer, type Dispose, type Offer, type Port, type Service, serve } from '@shared/rpc';
import type { Permission } from '@shared/schemas';
import { createPluginBuilder } from '../build/plugin-builder';
import { createEventBus, type EventBus } from '../bus/event-bus';
import { type Allowance, createQuestions, openGrantStore } from '../capabilities';
import { createFileVault, type SecretProtection } from '../config';
import { createEventStore, type EventStore } from '../event-store/event-store';
import { createPluginTests } from '../plugin-tests/plugin-tests';
import { openRegistryConfig, type RegistryConfig } from '../registry/registry-config';
import { pathOfChosen } from '../runs/opened-sample';
import { createRunService, type RunService } from '../runs/run-service';
import { createSampleStore, type SampleStore } from '../runs/sample-store';
import { limitsOfRegistry } from '../runtime/limit-layers';
import { DEFAULT_LIMITS } from '../runtime/runtime-limits';
import { createSupervisor } from '../runtime/supervisor';
import { claimsPlace } from './claims-place';
import { createCompiledCheck } from './compiled-check';
import { prepareDataFolder } from './data-folder';
import { createEventsService } from './events-service';
import { createExamples } from './examples';
import { createFolderClaims } from './folder-claims';
import { createGivesBackMemory } from './give-back-memory';
import { createOpenPlugins, type OpenPlugins } from './open-plugins';
import { createPermissionsService } from './permissions-service';
import {
  createBuildService,
  createConfigService,
  createManifestService,
  createPluginsService,
  createProblemsService,
} from './plugin-services';
import { openPluginSession } from './plugin-session';
import { createRunsService } from './runs-service';
import { openSettings } from './settings';
import { createStudioService } from './studio-service';
import { createTestsService, type TestsService } from './tests-service';
import { createWorkspaceService } from './workspace-service';

export type { SecretCipher, SecretProtection } from '../config';

export interface StudioOptions {
  /** Settings, copies of examples, pasted samples; made where it is missing. */
  readonly dataFolder: string;
  readonly resourcesFolder: string;
  readonly runnerFile: string;
  readonly databaseWorkerFile: string;
  readonly sdkFile: string;
  /** What is granted for as long as this studio runs, without being asked for. */
  readonly allowance?: Allowance;
  /** The registry configuration that was named on the command line, instead of registry.yaml in the data folder. */
  readonly registryFile?: string | undefined;
  /** What encrypts the secrets; without it they are in files that only the user may read, as they are. */
  readonly secretProtection?: SecretProtection;
  readonly door: StudioInfo['door'];
  /** Such as "Electron 45" or "Node 20.20.2". */
  readonly runtime: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where failures that nobody waits for are written. */
  readonly log: (line: string) => void;
}

export interface StudioServices {
  readonly studio: Service<typeof studioService>;
  readonly workspace: Service<typeof workspaceService>;
  readonly manifest: Service<typeof manifestService>;
  readonly problems: Service<typeof problemsService>;
  readonly plugins: Service<typeof pluginsService>;
  readonly build: Service<typeof buildService>;
  readonly config: Service<typeof configService>;
  readonly runs: Service<typeof runsService>;
  readonly events: Service<typeof eventsService>;
  readonly tests: TestsService;
  readonly permissions: Service<typeof permissionsService>;
}

export interface Studio {
  readonly info: StudioInfo;
  readonly offer: Offer;
  readonly services: StudioServices;
  /** For the command line, which streams results instead of keeping them. */
  readonly engine: {
    readonly registry: RegistryConfig;
    readonly plugins: OpenPlugins;
    readonly runs: RunService;
    readonly samples: SampleStore;
    readonly bus: EventBus;
    readonly store: EventStore;
    /** Resolves when a process waits for the next plugin that starts. */
    prepare(): Promise<void>;
  };
  /** Logs a failure that nobody was waiting for, and tells it to every window. */
  report(error: unknown): void;
  /** Serves one window until its port closes. */
  connect(port: Port): Dispose;
  close(): Promise<void>;
}

function offerOf(services: StudioServices): Offer {
  const offer = createOffer();
  offer.add(studioService, services.studio);
  offer.add(workspaceService, services.workspace);
  offer.add(manifestService, services.manifest);
  offer.add(problemsService, services.problems);
  offer.add(pluginsService, services.plugins);
  offer.add(buildService, services.build);
  offer.add(configService, services.config);
  offer.add(runsService, services.runs);
  offer.add(eventsService, services.events);
  offer.add(testsService, services.tests);
  offer.add(permissionsService, services.permissions);
  return offer;
}

const inMilliseconds = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);

/** Opens again what was open; a folder that is gone is said, not a reason to stop. */
async function reopen(
  plugins: OpenPlugins,
  folders: readonly string[],
  onError: (error: unknown) => void,
): Promise<void> {
  for (const folder of folders) {
    try {
      await plugins.open(folder);
    } catch (error) {
      onError(error);
    }
  }
}

/** @throws StudioError studio/data-folder, registry/invalid, registry/unreadable */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  const { dataFolder, resourcesFolder, runnerFile, sdkFile, environment, log } = options;
  const didFail = createEmitter<{ code: string; message: string }>();
  const onError = (error: unknown) => {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const { code, message } = toWireError(error);
    didFail.emit({ code, message });
  };
  const tempFolder = join(dataFolder, 'temp');
  await prepareDataFolder(dataFolder, [tempFolder]);

  const registry = await openRegistryConfig({
    dataFolder,
    file: options.registryFile,
    watches: options.door !== 'command-line',
    onError,
  });
  const bus = createEventBus({ onError });
  const store = createEventStore();
  const stopStoring = bus.onDidPublish.on((event) => void store.append(event));
  const builder = createPluginBuilder({ sdkFile });
  const presentLimits = () => limitsOfRegistry(DEFAULT_LIMITS, registry.read());
  const supervisor = createSupervisor({ bus, runnerFile, tempFolder, presentLimits });
  const settings = await openSettings(dataFolder);
  const questions = createQuestions(onError);
  const capabilities = {
    store: await openGrantStore(join(dataFolder, 'grants.json'), log),
    // On the command line there is nobody to be asked: a run must not wait for ever.
    questions: options.door === 'command-line' ? undefined : questions,
    allowance: options.allowance,
    registryRefusal(permission: Permission) {
      const { allowed_permissions: allowed = [] } = registry.read();
      return allowed.length === 0 || allowed.includes(permission) ? undefined : registry.state().file;
    },
    databaseWorkerFile: options.databaseWorkerFile,
  };
  const vault = createFileVault(join(dataFolder, 'secrets'), log, options.secretProtection);
  const claims = createFolderClaims(claimsPlace({ dataFolder, environment }), onError);
  const plugins = createOpenPlugins({
    settings,
    claims,
    onError,
    remembers: options.door !== 'command-line',
    openSession: (folder) =>
      openPluginSession({
        folder,
        builder,
        supervisor,
        bus,
        environment,
        capabilities,
        vault,
        onError,
        healthIntervalMs: () => inMilliseconds(registry.read().health_check_interval),
      }),
    // So that a run ends as cancelled and not as crashed.
    beforeClose: (folder) => runs.cancelIn(folder),
  });
  const samples = createSampleStore({ pasteFolder: join(dataFolder, 'pasted') });
  const runs = createRunService({
    samples,
    bus,
    instanceFor: (folder, override, limits) => plugins.session(folder).use(override, limits),
    refuseLimits: (folder, limits) => plugins.session(folder).refuseLimits(limits),
    pluginTypeOf: async (folder) => plugins.session(folder).summary().pluginType,
  });

  registry.onDidChange.on(() => {
    for (const { access } of plugins.sessions()) access.refresh();
  });
  const memory = createGivesBackMemory();
  plugins.onDidOpen.on(({ onDidChangeStatus }) => {
    onDidChangeStatus.on(({ endReason }) => endReason !== undefined && memory.soon());
  });
  plugins.onDidClose.on(memory.soon);

  runs.onDidChange.on((run) => plugins.find(run.folder)?.access.noteRun(run, pathOfChosen(run.sampleId)));

  const tests = createPluginTests({ sdkFile, runnerFile, tempFolder, presentLimits, onError });

  const info: StudioInfo = {
    version: options.version,
    runtime: options.runtime,
    door: options.door,
    platform: process.platform,
    get isolation() {
      return supervisor.isolation;
    },
    dataFolder,
    instance: randomUUID(),
  };
  const services: StudioServices = {
    studio: createStudioService(info, settings, registry, didFail),
    workspace: createWorkspaceService({
      plugins,
      settings,
      examples: createExamples(resourcesFolder, join(dataFolder, 'examples')),
    }),
    manifest: createManifestService(plugins),
    problems: createProblemsService(plugins),
    plugins: createPluginsService(plugins),
    build: createBuildService(plugins),
    config: createConfigService(plugins),
    runs: createRunsService(plugins, samples, runs),
    events: createEventsService(store, bus, memory.soon),
    tests: createTestsService(plugins, tests, onError),
    permissions: createPermissionsService(plugins, questions),
  };
  const offer = offerOf(services);
  const check = createCompiledCheck();
  const connections = new Set<Dispose>();

  if (options.door !== 'command-line') {
    await reopen(plugins, settings.read().openFolders, onError);
    await supervisor.ready;
    // A process that waits makes the first run as quick as the next.
    supervisor.prepare().catch(onError);
  }
  bus.publish({
    event_type: 'system.startup',
    source: 'mcp-plugin-studio',
    source_type: 'studio',
    priority: 'low',
    data: { version: options.version, runtime: options.runtime },
  });

  return {
    info,
    offer,
    services,
    engine: { registry, plugins, runs, samples, bus, store, prepare: supervisor.prepare },
    report: onError,
    connect(port) {
      const disconnect = serve(port, offer, { check, onError });
      connections.add(disconnect);
      port.onClose(() => connections.delete(disconnect));
      return disconnect;
    },
    async close() {
      for (const disconnect of connections) disconnect();
      // Runs first, so that they end as cancelled and not as crashed.
      await runs.close();
      await tests.close();
      await plugins.closeAll();
      claims.close();
      memory.close();
      await supervisor.close();
      await builder.close();
      stopStoring();
      await bus.close();
      store.close();
      await registry.close();
    },
  };
}
