/**
 * Who may change what a plugin is allowed, one after the other: the registry's configuration sets figures for all, the
 * manifest asks for more where no registry has set a figure, and a run is given less. What a run asks for above that is refused, not cut:
 * whoever asked would otherwise take the figures of one run for those of another.
 */
import type { EffectiveLimit, LimitSource, RunLimits } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import type { Capabilities, PluginRegistryConfig } from '@shared/schemas';
import { type LimitName, processMemoryMb, type RuntimeLimits } from './runtime-limits';

/** What a plugin gets that says it needs more: see capabilities in plugin.json. */
const MEMORY_INTENSIVE = 2;
const CPU_INTENSIVE = 10;

const MEGABYTE = 1024 * 1024;

const origins = (limits: RuntimeLimits, names: readonly LimitName[], source: LimitSource) => ({
  ...limits.from,
  ...Object.fromEntries(names.map((name) => [name, source])),
});

const memoryOf = (heapMb: number) => ({ heapMb, memoryMb: processMemoryMb(heapMb) });

/** What the registry's configuration names; the rest is left as it is. */
export function limitsOfRegistry(limits: RuntimeLimits, config: PluginRegistryConfig): RuntimeLimits {
  const { max_plugin_memory_mb, max_plugin_cpu_percent, startup_timeout, shutdown_timeout } = config;
  const named: readonly (readonly [LimitName, unknown])[] = [
    ['memory', max_plugin_memory_mb],
    ['cpu', max_plugin_cpu_percent],
    ['startup', startup_timeout],
    ['shutdown', shutdown_timeout],
  ];
  const names = named.flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return {
    ...limits,
    ...(max_plugin_memory_mb === undefined ? {} : memoryOf(max_plugin_memory_mb)),
    ...(max_plugin_cpu_percent === undefined ? {} : { cpuPercent: max_plugin_cpu_percent }),
    ...(startup_timeout === undefined ? {} : { startupTimeoutMs: startup_timeout * 1000 }),
    ...(shutdown_timeout === undefined ? {} : { shutdownTimeoutMs: shutdown_timeout * 1000 }),
    from: origins(limits, names, 'registry'),
  };
}

/**
 * Memory twice over for memory_intensive, but never above what a registry names as the most; ten times as long to work
 * unasked for cpu_intensive.
 */
export function limitsOfManifest(
  limits: RuntimeLimits,
  { memory_intensive, cpu_intensive }: Pick<Capabilities, 'memory_intensive' | 'cpu_intensive'> = {},
): RuntimeLimits {
  const memory = memory_intensive === true && limits.from.memory !== 'registry' ? MEMORY_INTENSIVE : 1;
  const idle = cpu_intensive === true ? CPU_INTENSIVE : 1;
  if (memory * idle === 1) return limits;
  return {
    ...limits,
    heapMb: limits.heapMb * memory,
    memoryMb: limits.memoryMb * memory,
    idleCpuMs: limits.idleCpuMs * idle,
    from: memory === 1 ? limits.from : origins(limits, ['memory'], 'manifest'),
  };
}

/** @throws StudioError limits/not-allowed (data: limit, asked, most) */
export function limitsOfRun(
  limits: RuntimeLimits,
  { memoryMb, cpuPercent, eventsPerSecond }: RunLimits,
): RuntimeLimits {
  refuseAbove('memory', memoryMb, limits.heapMb, limits);
  refuseAbove('cpu', cpuPercent, limits.cpuPercent, limits);
  refuseAbove('events', eventsPerSecond, limits.eventsPerSecond, limits);
  const given: readonly (readonly [LimitName, unknown])[] = [
    ['memory', memoryMb],
    ['cpu', cpuPercent],
    ['events', eventsPerSecond],
  ];
  const names = given.flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length === 0) return limits;
  return {
    ...limits,
    // A process of fewer objects holds no more of the rest than one of many.
    ...(memoryMb === undefined
      ? {}
      : { heapMb: memoryMb, memoryMb: Math.min(limits.memoryMb, processMemoryMb(memoryMb)) }),
    ...(cpuPercent === undefined ? {} : { cpuPercent }),
    // Who says how many a second means each second.
    ...(eventsPerSecond === undefined ? {} : { eventsPerSecond, eventBurst: Math.ceil(eventsPerSecond) }),
    from: origins(limits, names, 'run'),
  };
}

interface AskedFor {
  readonly what: string;
  readonly unit: string;
  readonly remedy: string;
}

const ASKED: Readonly<Record<'memory' | 'cpu' | 'events', AskedFor>> = {
  memory: {
    what: 'of memory',
    unit: ' MB',
    remedy: 'raise max_plugin_memory_mb in the registry configuration',
  },
  cpu: { what: 'of a core', unit: ' %', remedy: 'raise max_plugin_cpu_percent in the registry configuration' },
  events: { what: 'events a second', unit: '', remedy: 'let the plugin publish less' },
};

const ALLOWED_BY: Readonly<Record<LimitSource, string>> = {
  'built-in': 'without a registry configuration a plugin may have',
  registry: 'the registry configuration allows',
  manifest: 'what plugin.json asks for comes to',
  run: 'the run was given',
};

function refuseAbove(
  name: keyof typeof ASKED,
  asked: number | undefined,
  most: number | undefined,
  limits: RuntimeLimits,
) {
  if (asked === undefined || most === undefined || asked <= most) return;
  const { what, unit, remedy } = ASKED[name];
  const figure = (value: number) => `${value.toLocaleString('en')}${unit}`;
  throw new StudioError(
    'limits/not-allowed',
    `The run asks for ${figure(asked)} ${what}, but ${ALLOWED_BY[limits.from[name] ?? 'built-in']} ${figure(most)}. ` +
      `Ask for ${figure(most)} at most, or ${remedy}.`,
    { data: { limit: name, asked, most } },
  );
}

/** What holds, with who said so. */
export function effectiveLimits(limits: RuntimeLimits): EffectiveLimit[] {
  const { from, cpuPercent } = limits;
  const of = (name: LimitName): LimitSource => from[name] ?? 'built-in';
  return [
    { kind: 'memory', unit: 'bytes', limit: limits.memoryMb * MEGABYTE, from: of('memory') },
    { kind: 'heap', unit: 'bytes', limit: limits.heapMb * MEGABYTE, from: of('memory') },
    { kind: 'cpu', unit: 'percent', ...(cpuPercent === undefined ? {} : { limit: cpuPercent }), from: of('cpu') },
    { kind: 'events', unit: 'events/s', limit: limits.eventsPerSecond, from: of('events') },
    { kind: 'message', unit: 'bytes', limit: limits.lineBytes, from: 'built-in' },
    { kind: 'startup', unit: 'ms', limit: limits.startupTimeoutMs, from: of('startup') },
    { kind: 'shutdown', unit: 'ms', limit: limits.shutdownTimeoutMs, from: of('shutdown') },
  ];
}

const MORE_MEMORY: Readonly<Record<LimitSource, string>> = {
  'built-in': ' Where it needs more, set capabilities.memory_intensive in plugin.json.',
  registry: ' Where it needs more, raise max_plugin_memory_mb in the registry configuration.',
  manifest: '',
  run: ' The run set this limit: where it needs more, raise it there.',
};

/** What would give it more memory, as the end of a sentence; empty where nothing would. */
export const moreMemory = ({ from }: RuntimeLimits) => MORE_MEMORY[from.memory ?? 'built-in'];
