/** Contract part "Processor and connector": plugins that live on lifecycle, configuration and events. */
import { BasePlugin } from './base-plugin';
import type { PluginConfig } from './plugin-context';
import type { EventInput, SecurityEvent } from './types';

/** Base of processors: implement `process`, or subscribe in `initialize`. */
export abstract class ProcessorPlugin<Config extends object = PluginConfig> extends BasePlugin<Config> {
  /**
   * Turns one event into others. The default keeps it to itself.
   * @returns An event or several to be published, or nothing.
   */
  async process(_event: SecurityEvent): Promise<EventInput | EventInput[] | undefined> {
    return undefined;
  }
}

/** Base of connectors: they link the platform to another system. */
export abstract class ConnectorPlugin<Config extends object = PluginConfig> extends BasePlugin<Config> {}
