/** The lifecycle that every plugin goes through, and what it reports of itself. */
import { type Static, Type } from 'typebox';
import { oneOf } from './building-blocks';
import { LIFECYCLE_STATES } from './vocabulary';

export const LifecycleStateSchema = oneOf(LIFECYCLE_STATES, { description: 'Where the plugin is in its life' });
export type LifecycleState = Static<typeof LifecycleStateSchema>;

export const HealthSchema = Type.Object({
  status: Type.String({ description: '"healthy", or what is wrong' }),
  plugin_id: Type.String(),
  uptime: Type.Number({ description: 'Since initialize(), in seconds', minimum: 0 }),
  memory_usage: Type.Number({ description: 'In bytes', minimum: 0 }),
});
export type Health = Static<typeof HealthSchema>;

export const PluginMetricsSchema = Type.Object({
  plugin_id: Type.String(),
  status: LifecycleStateSchema,
  events_processed: Type.Integer({ minimum: 0 }),
  errors: Type.Integer({ minimum: 0 }),
  last_activity: Type.Union([Type.String(), Type.Null()]),
});
export type PluginMetrics = Static<typeof PluginMetricsSchema>;

/** Seconds, as the registry's defaults. */
export const STARTUP_TIMEOUT = 30;
export const SHUTDOWN_TIMEOUT = 15;
export const HEALTH_CHECK_INTERVAL = 60;
