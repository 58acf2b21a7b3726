/**
 * What the platform hands to a plugin's constructor. Data has the contract's snake_case names; what code calls is
 * camelCase.
 */
import type { PluginDatabase } from './database';
import type { EventBus } from './event-bus';
import type { PluginFiles } from './files';
import type { PluginNetwork } from './network';

/** A configuration: string keys, values of any kind. */
export type PluginConfig = Record<string, unknown>;

/**
 * Writes to the plugin's log. Parts are joined with a blank: text as it is, errors with their stack, all else as
 * JSON. A plain object at the end is kept as the message's fields: `logger.info('read', { files: 3 })`. A message of
 * more than 16,384 characters is cut, and says by how many; fields that take more as JSON stand in the message.
 */
export interface Logger {
  debug(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  warning(...parts: unknown[]): void;
  error(...parts: unknown[]): void;
}

/** Reads the configuration that is in force now: the contract's `config_manager`. */
export interface ConfigManager<Config extends object = PluginConfig> {
  /** All of it. */
  getConfig(): Config;
  /**
   * One value.
   * @param path Keys with dots between them, such as `rules.secrets.min_entropy`.
   * @param fallback What to return where the configuration has no such value.
   */
  get<Value>(path: string, fallback: Value): Value;
}

/** The contract's plugin context. */
export interface PluginContext<Config extends object = PluginConfig> {
  /** `name:version`. */
  readonly plugin_id: string;
  /** Names this run of the plugin; another start has another. */
  readonly instance_id: string;
  /** The effective configuration, checked against `config_schema`. */
  readonly config: Config;
  readonly logger: Logger;
  readonly eventBus: EventBus;
  readonly configManager: ConfigManager<Config>;
  /** Needs `file_system_access`. */
  readonly files: PluginFiles;
  /** Needs `network_access`. */
  readonly network: PluginNetwork;
  /** Needs `database_access`. */
  readonly db: PluginDatabase;
  /** When the platform made this context (ISO 8601, UTC). */
  readonly startup_time: string;
  /** The plugin's folder. Its files are out of reach without `file_system_access`. */
  readonly working_directory: string;
  /** A folder for temporary files, under the same rule. */
  readonly temp_directory: string;
  readonly platform_version: string;
  readonly api_version: string;
  /** Such as `production` or `development`. */
  readonly environment: string;
  /** Memory that the plugin's process holds, in bytes. */
  memoryUsage(): number;
}
