/** The plugin's context in a test: everything that the platform would give, in memory, and all of it to look at. */
import type { PluginDatabase } from '../database';
import type { PluginConfig, PluginContext } from '../plugin-context';
import { fetchFrom } from './ambient';
import { createMemoryBus, type MemoryBus, type TestEventBus } from './memory-bus';
import { createMemoryFiles, type MemoryFiles, refusal } from './memory-files';
import { createRecordingLogger, type RecordingLogger } from './recording-logger';
import { createScriptedNetwork, type ScriptedNetwork, type TestNetwork } from './scripted-network';

/** What a test gives its plugin. What is left out is not granted. */
export interface TestContextOptions<Config extends object = PluginConfig> {
  /** The effective configuration; empty where it is left out. */
  readonly config?: Config;
  /** `test-plugin:1.0.0` where it is left out. */
  readonly plugin_id?: string;
  /** Grants `file_system_access`: the files that are there, by their path in the plugin's folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Grants `network_access`: what requests are answered with. The global `fetch` goes the same way. */
  readonly network?: TestNetwork;
  /** Grants `database_access`: what takes the place of the database. */
  readonly database?: Partial<PluginDatabase>;
  /** Such as `development`; `production` where it is left out. */
  readonly environment?: string;
}

/** A plugin context whose parts can be looked at. */
export interface TestContext<Config extends object = PluginConfig> extends PluginContext<Config> {
  readonly logger: RecordingLogger;
  readonly eventBus: TestEventBus;
  readonly files: MemoryFiles;
  readonly network: ScriptedNetwork;
  readonly db: PluginDatabase;
}

const FOLDER = '/plugin';
const TEMP = '/temp';

function readPath(config: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Object.hasOwn(value, key) ? (value as PluginConfig)[key] : undefined;
  }, config);
}

function databaseOf(given: Partial<PluginDatabase> | undefined): PluginDatabase {
  const refuse = async () => {
    throw refusal('database_access', 'database');
  };
  return { query: given?.query?.bind(given) ?? refuse, execute: given?.execute?.bind(given) ?? refuse };
}

let instances = 0;

/** @internal */
export function createContextOn<Config extends object>(
  bus: MemoryBus,
  { config, plugin_id = 'test-plugin:1.0.0', files, network, database, environment }: TestContextOptions<Config>,
): TestContext<Config> {
  const instance_id = `test-${++instances}`;
  const values = (config ?? {}) as Config;
  const scripted = createScriptedNetwork(network);
  fetchFrom(scripted.fetch);
  return {
    plugin_id,
    instance_id,
    config: values,
    logger: createRecordingLogger(),
    eventBus: bus.forPlugin(plugin_id, instance_id),
    configManager: {
      getConfig: () => values,
      get: <Value>(path: string, fallback: Value) => (readPath(values, path) as Value | undefined) ?? fallback,
    },
    files: createMemoryFiles(files, FOLDER, TEMP),
    network: scripted,
    db: databaseOf(database),
    startup_time: new Date().toISOString(),
    working_directory: FOLDER,
    temp_directory: TEMP,
    platform_version: '1.0.0',
    api_version: '1.0',
    environment: environment ?? 'production',
    memoryUsage: () => 0,
  };
}

/**
 * What a plugin is constructed with in a test: `new MyAnalyzer(createTestContext({ config }))`. Files, network and
 * database are stand-ins in memory; nothing of the machine is reached.
 */
export const createTestContext = <Config extends object = PluginConfig>(
  options: TestContextOptions<Config> = {},
): TestContext<Config> => createContextOn(createMemoryBus(), options);
