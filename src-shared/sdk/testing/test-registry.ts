/** Plugins together, as the platform's registry runs them: on one bus, each with its life from load to unload. */
import { LifecycleError } from '../errors';
import type { EventBus } from '../event-bus';
import type { LifecycleState } from '../types';
import { createMemoryBus, type TestEventBus } from './memory-bus';
import { createContextOn, type TestContextOptions } from './test-context';

/** What the registry needs of a plugin; every plugin class has it. */
export interface LoadablePlugin {
  readonly config: object;
  readonly eventBus: EventBus;
  status: LifecycleState;
  initialize(): Promise<void>;
  shutdown(): Promise<void>;
}

/** A class of plugins. */
export type PluginClass<Plugin extends LoadablePlugin> = new (context: never) => Plugin;

/** A registry for tests. */
export interface TestRegistry {
  /** The bus that its plugins share. */
  readonly eventBus: TestEventBus;
  /**
   * Constructs and initializes a plugin.
   * @param options With `plugin_id`, under which it is found again; the name of the class where it is left out.
   * @throws LifecycleError where that id is loaded already; whatever `initialize` throws, and then it is not loaded.
   */
  load<Plugin extends LoadablePlugin>(
    type: PluginClass<Plugin>,
    options?: TestContextOptions<Plugin['config']>,
  ): Promise<Plugin>;
  /** @returns undefined where it is not loaded. */
  get(pluginId: string): LoadablePlugin | undefined;
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
  const loaded = new Map<string, LoadablePlugin>();

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
      const plugin = new type(createContextOn(bus, { ...options, plugin_id: pluginId }) as never);
      plugin.status = 'initializing';
      try {
        await plugin.initialize();
      } catch (error) {
        plugin.status = 'error';
        throw error;
      }
      plugin.status = 'ready';
      loaded.set(pluginId, plugin);
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
