/**
 * What is counted and measured of one plugin, over all its processes, as long as its folder is open. Everything is
 * bounded: a plugin that is called a million times costs no more than one that is called a thousand times.
 */
import type { PluginFigures as Figures, Headroom } from '@shared/contracts';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { LifecycleState } from '@shared/schemas';
import { createRecentValues } from './recent-values';
import { DEFAULT_LIMITS, type RuntimeLimits } from './runtime-limits';
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

/** @param present what holds for a process that would begin now, until one does. */
export function createPluginFigures(present: () => RuntimeLimits = () => DEFAULT_LIMITS): PluginFigures {
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
  let lastTimeoutMs = Number.POSITIVE_INFINITY;
  let begun: RuntimeLimits | undefined;

  const headroom = (): Headroom[] => {
    const { memoryMb, cpuPercent = Number.NaN, eventsPerSecond, from } = begun ?? present();
    const [ofMemory = 'built-in', ofCpu = 'built-in', ofEvents = 'built-in'] = [from.memory, from.cpu, from.events];
    // A call has the time that its request gives it.
    const ofTime = Number.isFinite(lastTimeoutMs) ? 'run' : 'built-in';
    return [
      { kind: 'time', unit: 'ms', ...finite(lastTimeoutMs), from: ofTime, ...times.spread() },
      { kind: 'memory', unit: 'bytes', ...finite(memoryMb * MEGABYTE), from: ofMemory, ...memory.spread() },
      { kind: 'cpu', unit: 'percent', ...finite(cpuPercent), from: ofCpu, ...cpu.spread() },
      { kind: 'events', unit: 'events/s', ...finite(eventsPerSecond), from: ofEvents, ...rates.spread() },
    ];
  };

  return {
    begin(own) {
      begun = own;
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
      cpuControl: (begun ?? present()).cpuPercent === undefined ? 'none' : CAN_STOP_PROCESSES ? 'held' : 'advisory',
    }),
    onDidChange: didChange,
  };
}
