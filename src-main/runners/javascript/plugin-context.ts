/** The contract's plugin context, from the data that the host sent and the means that this process gives. */
import type { RunnerContext } from '@shared/contracts/runner-protocol';
import type { ConfigManager, PluginConfig, PluginContext } from '@shared/sdk/plugin-context';

function readPath(config: PluginConfig, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Object.hasOwn(value, key) ? (value as PluginConfig)[key] : undefined;
  }, config);
}

const createConfigManager = (readConfig: () => PluginConfig): ConfigManager => ({
  getConfig: () => readConfig(),
  get: <Value>(path: string, fallback: Value) => (readPath(readConfig(), path) as Value | undefined) ?? fallback,
});

type Means = Pick<PluginContext, 'logger' | 'eventBus' | 'files' | 'network' | 'db'>;

/** The means are hardened; the configuration is the plugin's own to change. */
export function createPluginContext(
  data: RunnerContext,
  config: PluginConfig,
  means: Means,
  readConfig: () => PluginConfig,
): PluginContext {
  return Object.freeze({
    ...data,
    config,
    ...harden({
      ...means,
      configManager: createConfigManager(readConfig),
      memoryUsage: () => process.memoryUsage.rss(),
    }),
  });
}
