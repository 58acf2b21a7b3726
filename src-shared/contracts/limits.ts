/**
 * What a plugin may take of the machine, and who said so. Each of these may change what the one before it allows: what
 * is built in, the registry's configuration, the manifest, the run. A run may only ask for less.
 */
import { type Static, Type } from 'typebox';
import { oneOf } from '../schemas/building-blocks';

export const LIMIT_SOURCES = ['built-in', 'registry', 'manifest', 'run'] as const;
export type LimitSource = (typeof LIMIT_SOURCES)[number];

export const LIMIT_UNITS = ['bytes', 'percent', 'ms', 'events/s', 'lines/s'] as const;

/** Less than this, and no plugin starts. */
export const LEAST_MEMORY_MB = 32;

/** What one run is given. What is left out is as without it. */
export const RunLimitsSchema = Type.Object({
  memoryMb: Type.Optional(
    Type.Number({ minimum: LEAST_MEMORY_MB, description: 'Of JavaScript objects, as max_plugin_memory_mb' }),
  ),
  cpuPercent: Type.Optional(Type.Number({ minimum: 1, description: 'Share of one core' })),
  eventsPerSecond: Type.Optional(Type.Number({ minimum: 1, description: 'That it may publish, also at once' })),
});
export type RunLimits = Static<typeof RunLimitsSchema>;

export const EffectiveLimitSchema = Type.Object({
  /** `memory` is all that the process holds, `heap` its JavaScript objects; `time` is that of one request. */
  kind: oneOf(['time', 'memory', 'heap', 'cpu', 'events', 'message', 'startup', 'shutdown']),
  unit: oneOf(LIMIT_UNITS),
  /** Absent: not limited. */
  limit: Type.Optional(Type.Number({ minimum: 0 })),
  from: oneOf(LIMIT_SOURCES),
});
export type EffectiveLimit = Static<typeof EffectiveLimitSchema>;

/** The registry's configuration as the studio reads it. */
export const RegistryStateSchema = Type.Object({
  /** Of the file, whether it is there or not. */
  file: Type.String(),
  /** None: what is built in holds. `last-good`: the file is refused, and what was read before it holds. */
  inForce: oneOf(['none', 'file', 'last-good']),
  /** Why the file is refused. */
  problem: Type.Optional(Type.String()),
  warnings: Type.Array(Type.String()),
  /** Fields of it that only a registry that is served uses: they are checked, and nothing follows from them yet. */
  unused: Type.Array(Type.String()),
});
export type RegistryState = Static<typeof RegistryStateSchema>;
