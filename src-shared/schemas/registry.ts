/** How a registry of plugins is set up, and what its REST API answers. */
import { type Static, Type } from 'typebox';
import { anyMap, flag, oneOf, text, texts } from './building-blocks';
import { HEALTH_CHECK_INTERVAL, LifecycleStateSchema, SHUTDOWN_TIMEOUT, STARTUP_TIMEOUT } from './lifecycle';
import { ManifestSchema, PluginTypeSchema } from './manifest';

const number = (description: string, fallback: number, minimum: number, maximum?: number) =>
  Type.Optional(
    Type.Number({ description, default: fallback, minimum, ...(maximum === undefined ? {} : { maximum }) }),
  );

/** Above zero, and a day at most: timers take no more than 24 of them. */
const duration = (fallback: number) => number('In seconds', fallback, 0.001, 86_400);

export const PluginRegistryConfigSchema = Type.Object(
  {
    registry_id: text('Names this registry among others'),
    plugin_directories: texts('Folders that hold plugin folders'),
    auto_discovery: flag('Look for plugins every 300 s', true),
    auto_load: flag('Load what is discovered'),
    sandbox_plugins: flag('Run plugins isolated', true),
    allowed_permissions: texts('Permissions that may be granted; empty: all'),
    max_plugin_memory_mb: number('Memory of one plugin', 512, 1),
    max_plugin_cpu_percent: number('Share of one core', 50, 1),
    startup_timeout: duration(STARTUP_TIMEOUT),
    shutdown_timeout: duration(SHUTDOWN_TIMEOUT),
    health_check_interval: duration(HEALTH_CHECK_INTERVAL),
    api_host: text('Address to listen on', '127.0.0.1'),
    api_port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535, default: 8090 })),
    api_prefix: text('Path before every route', '/api/v1'),
    cors_origins: texts('Origins that may call from a page'),
    metadata_storage: text('Where metadata is kept'),
    state_file: text('Where the state is kept'),
    log_level: Type.Optional(oneOf(['debug', 'info', 'warning', 'error'], { default: 'info' })),
    log_format: Type.Optional(oneOf(['text', 'json'], { default: 'text' })),
  },
  { title: 'PluginRegistryConfig' },
);
export type PluginRegistryConfig = Static<typeof PluginRegistryConfigSchema>;

const textOrNull = Type.Union([Type.String(), Type.Null()]);

export const RegistryEntrySchema = Type.Object(
  {
    plugin_id: Type.String(),
    name: Type.String(),
    version: Type.String(),
    type: PluginTypeSchema,
    status: LifecycleStateSchema,
    load_time: textOrNull,
    error_count: Type.Integer({ minimum: 0 }),
    last_error: textOrNull,
    last_activity: textOrNull,
  },
  { title: 'RegistryEntry' },
);
export type RegistryEntry = Static<typeof RegistryEntrySchema>;

export const RegistryDetailSchema = Type.Object(
  {
    metadata: ManifestSchema,
    status: LifecycleStateSchema,
    load_time: textOrNull,
    error_count: Type.Integer({ minimum: 0 }),
  },
  { title: 'RegistryDetail' },
);
export type RegistryDetail = Static<typeof RegistryDetailSchema>;

export const DiscoverySchema = Type.Object(
  {
    discovered: Type.Array(Type.String()),
    count: Type.Integer({ minimum: 0 }),
  },
  { title: 'Discovery' },
);
export type Discovery = Static<typeof DiscoverySchema>;

export const RegistryStatsSchema = Type.Object(
  {
    total_plugins: Type.Integer(),
    loaded_plugins: Type.Integer(),
    running: Type.Boolean(),
    status_counts: anyMap(),
    type_counts: anyMap(),
    directories: Type.Array(Type.String()),
    auto_discovery: Type.Boolean(),
    auto_load: Type.Boolean(),
  },
  { title: 'RegistryStats' },
);
export type RegistryStats = Static<typeof RegistryStatsSchema>;
