/** Plugins together, as the platform's registry runs them: on one bus, each with its life from load to unload. */
import type { BasePlugin } from '../base-plugin';
import { LifecycleError } from '../errors';
import type { PluginConfig } from '../plugin-context';
import { createMemoryBus, type TestEventBus } from './memory-bus';
import { createContextOn, type TestContext, type TestContextOptions } from './test-context';

/** A class of plugins. */
export type PluginClass<Plugin extends BasePlugin<Config>, Config extends object = PluginConfig> = new (
  context: TestContext<Config>,
) => Plugin;

/** A registry for tests. */
export interface TestRegistry {
  /** The bus that its plugins share. */
  readonly eventBus: TestEventBus;
  /**
   * Constructs and initializes a plugin.
   * @param options With `plugin_id`, under which it is found again; the name of the class where it is left out.
   * @throws LifecycleError where that id is loaded already; whatever `initialize` throws, and then it is not loaded.
   */
  load<Config extends object, Plugin extends BasePlugin<Config>>(
    type: PluginClass<Plugin, Config>,
    options?: TestContextOptions<Config>,
  ): Promise<Plugin>;
  /** @returns undefined where it is not loaded. */
  get(pluginId: string): BasePlugin<object> | undefined;
  /** The ids of what is loaded. */
  list(): string[];
  /** @returns false where it is not loaded. @throws whatever `shutdown` throws; it is unloaded all the same. */
  unload(pluginId: string): Promise<boolean>;
  /** Unloads everything, the last one first. */
  stop(): Promise<void>;
}

export function createTestRegistry(): TestRegistry {
  const bus = createMemoryBus();
  const eventBus = bus.forPlugin('plugin-registry', 'test');
  const loaded = new Map<string, BasePlugin<object>>();

  const announce = async (event_type: string, pluginId: string) => {
    await eventBus.publish({ event_type, priority: 'low', data: { plugin_id: pluginId } });
  };

  async function unload(pluginId: string): Promise<boolean> {
    const plugin = loaded.get(pluginId);
    if (plugin === undefined) return false;
    loaded.delete(pluginId);
    plugin.status = 'stopping';
    try {
      await plugin.shutdown();
      plugin.status = 'stopped';
    } catch (error) {
      plugin.status = 'error';
      throw error;
    } finally {
      for (const { subscription_id } of await plugin.eventBus.listSubscriptions()) {
        await plugin.eventBus.unsubscribe(subscription_id);
      }
      await announce('plugin.unloaded', pluginId);
    }
    return true;
  }

  return {
    eventBus,
    async load(type, options) {
      const pluginId = options?.plugin_id ?? `${type.name}:1.0.0`;
      if (loaded.has(pluginId)) throw new LifecycleError(`${pluginId} is loaded already. Unload it first.`);
      const plugin = new type(createContextOn(bus, { ...options, plugin_id: pluginId }));
      plugin.status = 'initializing';
      try {
        await plugin.initialize();
      } catch (error) {
        plugin.status = 'error';
        throw error;
      }
      plugin.status = 'ready';
      loaded.set(pluginId, plugin as unknown as BasePlugin<object>);
      await announce('plugin.loaded', pluginId);
      return plugin;
    },
    get: (pluginId) => loaded.get(pluginId),
    list: () => [...loaded.keys()],
    unload,
    async stop() {
      for (const pluginId of [...loaded.keys()].reverse()) await unload(pluginId);
    },
  };
}
