/** The contract's plugin context, from the data that the host sent and the means that this process gives. */
import type { RunnerContext } from '@shared/contracts/runner-protocol';
import type { EventBus } from '@shared/sdk/event-bus';
import type { ConfigManager, Logger, PluginConfig, PluginContext } from '@shared/sdk/plugin-context';

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

/** The means are hardened; the configuration is the plugin's own to change. */
export function createPluginContext(
  data: RunnerContext,
  config: PluginConfig,
  logger: Logger,
  eventBus: EventBus,
  readConfig: () => PluginConfig,
): PluginContext {
  return Object.freeze({
    ...data,
    config,
    ...harden({
      logger,
      eventBus,
      configManager: createConfigManager(readConfig),
      memoryUsage: () => process.memoryUsage.rss(),
    }),
  });
}
