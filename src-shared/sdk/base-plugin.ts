/**
 * What every plugin is. Each method has the default behaviour that the contract gives it, so a plugin overrides only
 * what it does differently. The platform alone calls `noteCall` and sets `status`.
 */
import type { PluginDatabase } from './database';
import type { EventBus } from './event-bus';
import type { PluginFiles } from './files';
import type { PluginNetwork } from './network';
import type { Logger, PluginConfig, PluginContext } from './plugin-context';
import type { Health, LifecycleState, PluginMetrics } from './types';

/** What `getMetadata` says of a plugin. */
export interface PluginMetadata {
  plugin_id: string;
  name: string;
  version: string;
  instance_id: string;
  status: LifecycleState;
  platform_version: string;
  api_version: string;
  environment: string;
}

/** How a call of a plugin's method went. */
export interface CallOutcome {
  /** Wire name of the method, such as `analyze`. */
  method: string;
  /** In seconds. */
  duration: number;
  failed: boolean;
  /** What the method returned; undefined where it failed. */
  result?: unknown;
}

/** Figures about the calls of one method since the start. */
export interface CallStats {
  total_requests: number;
  successful_requests: number;
  failed_requests: number;
  /** In seconds. */
  total_duration: number;
  /** In seconds; 0 without calls. */
  average_duration: number;
}

/** Base of all plugins; see AnalyzerPlugin and its siblings for the kinds. */
export abstract class BasePlugin<Config extends object = PluginConfig> {
  readonly context: PluginContext<Config>;
  /** `name:version`. */
  readonly pluginId: string;
  readonly logger: Logger;
  readonly eventBus: EventBus;
  /** Files, with the permission `file_system_access`. */
  readonly files: PluginFiles;
  /** The network, with the permission `network_access`. */
  readonly network: PluginNetwork;
  /** SQLite databases, with the permission `database_access`. */
  readonly db: PluginDatabase;
  /** The configuration in force; `reloadConfig` merges into it. */
  config: Config;
  /** Where the plugin is in its life. Set by the platform. */
  status: LifecycleState = 'loaded';

  #initializedAt: number | undefined;
  #eventsProcessed = 0;
  #errors = 0;
  #lastActivity: string | null = null;

  constructor(context: PluginContext<Config>) {
    this.context = context;
    this.pluginId = context.plugin_id;
    this.logger = context.logger;
    this.eventBus = context.eventBus;
    this.files = context.files;
    this.network = context.network;
    this.db = context.db;
    this.config = { ...context.config };
  }

  /** Gets ready: subscribe, compile rules, load models. Takes at most 30 s; throwing fails the start. */
  async initialize(): Promise<void> {}

  /** Lets go of everything. Takes at most 15 s, then the process is ended. */
  async shutdown(): Promise<void> {}

  /** What this plugin is. */
  getMetadata(): PluginMetadata {
    const { plugin_id, instance_id, platform_version, api_version, environment } = this.context;
    const [name = plugin_id, version = ''] = plugin_id.split(':');
    return { plugin_id, name, version, instance_id, status: this.status, platform_version, api_version, environment };
  }

  /** Called every 60 s; more than 3 failures in a row unload the plugin. Override to say what is wrong in `status`. */
  async healthCheck(): Promise<Health> {
    const uptime = this.#initializedAt === undefined ? 0 : (Date.now() - this.#initializedAt) / 1000;
    return { status: 'healthy', plugin_id: this.pluginId, uptime, memory_usage: this.context.memoryUsage() };
  }

  /** Counters since the start. */
  getMetrics(): PluginMetrics {
    return {
      plugin_id: this.pluginId,
      status: this.status,
      events_processed: this.#eventsProcessed,
      errors: this.#errors,
      last_activity: this.#lastActivity,
    };
  }

  /** Merges a checked configuration into `config`, then calls `onConfigChanged`. */
  async reloadConfig(newConfig: Config): Promise<void> {
    this.config = { ...this.config, ...newConfig };
    await this.onConfigChanged(newConfig);
  }

  /** The contract's `_on_config_changed`: `config` has the new values already. Throwing is reported, not undone. */
  async onConfigChanged(_newConfig: Config): Promise<void> {}

  /** The platform tells how each call and delivery went, so that the counters are true. Not for plugins to call. */
  noteCall(outcome: CallOutcome): void {
    this.#lastActivity = new Date().toISOString();
    if (outcome.failed) this.#errors++;
    else if (outcome.method === 'deliver' || outcome.method === 'process') this.#eventsProcessed++;
    else if (outcome.method === 'initialize') this.#initializedAt = Date.now();
  }
}
