/**
 * What is counted and measured of one plugin, over all its processes, as long as its folder is open. Everything is
 * bounded: a plugin that is called a million times costs no more than one that is called a thousand times.
 */
import type { PluginFigures as Figures, Headroom } from '@shared/contracts';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { LifecycleState } from '@shared/schemas';
import { createRecentValues } from './recent-values';
import type { RuntimeLimits } from './runtime-limits';
import { CAN_STOP_PROCESSES } from './stopped-processes';
import type { UsageSample } from './usage-watch';

/** Upper ends in milliseconds; what took longer is in a last one without an end. */
export const LATENCY_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000];

const RECENT = 1000;
/** Ten minutes, one a second. */
const SAMPLES = 600;
const TRANSITIONS = 100;
const MEGABYTE = 1024 * 1024;

export interface PluginFigures {
  /** A process of it begins, under these limits. */
  begin(limits: RuntimeLimits): void;
  noteCall(call: { readonly durationMs: number; readonly timeoutMs: number; readonly failed: boolean }): void;
  noteEventsIn(count: number): void;
  noteEventOut(): void;
  noteSample(sample: UsageSample): void;
  noteTransition(from: LifecycleState, to: LifecycleState): void;
  noteRestart(): void;
  readonly restarts: number;
  read(uptimeMs: number): Omit<Figures, 'folder'>;
  readonly onDidChange: Listenable<void>;
}

function bounded<Value>(values: Value[], value: Value, most: number) {
  values.push(value);
  if (values.length > most) values.shift();
}

const finite = (limit: number) => (Number.isFinite(limit) ? { limit } : {});

export function createPluginFigures(): PluginFigures {
  const didChange = createEmitter<void>();
  const counts = new Array<number>(LATENCY_BUCKETS.length + 1).fill(0);
  const [times, memory, cpu, rates] = Array.from({ length: 4 }, () => createRecentValues(RECENT)) as [
    ReturnType<typeof createRecentValues>,
    ReturnType<typeof createRecentValues>,
    ReturnType<typeof createRecentValues>,
    ReturnType<typeof createRecentValues>,
  ];
  const samples: UsageSample[] = [];
  const transitions: Figures['transitions'] = [];
  let [calls, errors, eventsIn, eventsOut, restarts, sumMs] = [0, 0, 0, 0, 0, 0];
  let outAtSample = 0;
  let limits: RuntimeLimits | undefined;
  let lastTimeoutMs = Number.POSITIVE_INFINITY;

  const headroom = (): Headroom[] => [
    { kind: 'time', unit: 'ms', ...finite(lastTimeoutMs), ...times.spread() },
    { kind: 'memory', unit: 'bytes', ...finite((limits?.memoryMb ?? Number.NaN) * MEGABYTE), ...memory.spread() },
    { kind: 'cpu', unit: 'percent', ...finite(limits?.cpuPercent ?? Number.NaN), ...cpu.spread() },
    { kind: 'events', unit: 'events/s', ...finite(limits?.eventsPerSecond ?? Number.NaN), ...rates.spread() },
  ];

  return {
    begin(own) {
      limits = own;
      outAtSample = eventsOut;
    },
    noteCall({ durationMs, timeoutMs, failed }) {
      calls++;
      if (failed) errors++;
      sumMs += durationMs;
      lastTimeoutMs = timeoutMs;
      times.add(durationMs);
      const bucket = LATENCY_BUCKETS.findIndex((le) => durationMs <= le);
      const at = bucket === -1 ? LATENCY_BUCKETS.length : bucket;
      counts[at] = (counts[at] ?? 0) + 1;
      didChange.emit();
    },
    noteEventsIn(count) {
      eventsIn += count;
      didChange.emit();
    },
    noteEventOut() {
      eventsOut++;
      didChange.emit();
    },
    noteSample(sample) {
      const before = samples.at(-1);
      const seconds = before === undefined ? 1 : Math.max(0.001, (sample.at - before.at) / 1000);
      bounded(samples, sample, SAMPLES);
      memory.add(sample.memoryBytes);
      cpu.add(sample.cpuPercent);
      rates.add((eventsOut - outAtSample) / seconds);
      outAtSample = eventsOut;
      didChange.emit();
    },
    noteTransition(from, to) {
      bounded(transitions, { at: Date.now(), from, to }, TRANSITIONS);
      didChange.emit();
    },
    noteRestart() {
      restarts++;
      didChange.emit();
    },
    get restarts() {
      return restarts;
    },
    read: (uptimeMs) => ({
      uptimeMs,
      restarts,
      calls,
      errors,
      eventsIn,
      eventsOut,
      latency: {
        ...times.spread(),
        sumMs,
        buckets: counts.map((count, at) => ({
          ...(LATENCY_BUCKETS[at] === undefined ? {} : { le: LATENCY_BUCKETS[at] }),
          count,
        })),
      },
      samples: [...samples],
      transitions: [...transitions],
      headroom: headroom(),
      cpuControl: limits?.cpuPercent === undefined ? 'none' : CAN_STOP_PROCESSES ? 'held' : 'advisory',
    }),
    onDidChange: didChange,
  };
}
