/**
 * Measures a plugin's process from outside as long as it lives, keeps it to its share of a core, and says which limit
 * it has hit. It does not take the process's own word: that may have been taken over.
 */
import type { Dispose } from '@shared/rpc';
import { throttleCpu } from './cpu-throttle';
import { createIdleCpu } from './idle-cpu';
import { type LimitHit, limitError } from './limit-hit';
import { moreMemory } from './limit-layers';
import { type ProcessUsage, readUsage } from './process-usage';
import type { RuntimeLimits } from './runtime-limits';

export interface UsageSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of one core, since the sample before. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

export interface UsageWatchOptions {
  readonly pid: number;
  readonly limits: RuntimeLimits;
  /** A call or a delivery is in progress. */
  readonly isBusy: () => boolean;
  /** Stops all deadlines; the answer lets them go on. */
  readonly holdDeadlines: () => Dispose;
  readonly onSample: (sample: UsageSample) => void;
  readonly onLimit: (error: ReturnType<typeof limitError>) => void;
}

const MEGABYTE = 1024 * 1024;

export function overMemory(heldBytes: number, limits: RuntimeLimits, data = {}) {
  const limit = limits.memoryMb * MEGABYTE;
  const hit: LimitHit = {
    reason: 'memory',
    figure: heldBytes,
    limit,
    unit: 'bytes',
    from: limits.from.memory ?? 'built-in',
  };
  const message =
    `The plugin's process held ${Math.round(heldBytes / MEGABYTE)} MB of memory and was ended; it may hold ` +
    `${limits.memoryMb} MB, ${limits.heapMb} MB of them as objects. Work in smaller parts, or keep less.` +
    moreMemory(limits);
  return limitError(hit, message, data);
}

function overIdleCpu(percent: number, limit: number, { idleCpuMs, from: { cpu: from = 'built-in' } }: RuntimeLimits) {
  const hit: LimitHit = { reason: 'cpu', figure: Math.round(percent), limit, unit: 'percent', from };
  const message =
    `The plugin took ${Math.round(percent)} % of a core for ${idleCpuMs / 1000} s while nobody asked it for anything, ` +
    `and was ended; it may take ${limit} %. Look for a timer or a loop that goes on after its call, or set ` +
    'capabilities.cpu_intensive in plugin.json where it has work of its own.';
  return limitError(hit, message);
}

/** @returns stops watching, and lets the process run; to be called when it has ended. */
export function watchUsage(options: UsageWatchOptions): Dispose {
  const { pid, limits, isBusy, holdDeadlines, onSample, onLimit } = options;
  const percent = limits.cpuPercent ?? 100;
  const idle = createIdleCpu(percent, limits.idleCpuMs);
  const stopThrottle =
    limits.cpuPercent === undefined ? undefined : throttleCpu({ pid, percent, onStop: holdDeadlines });
  let last: { cpuMs: number; atMs: number } | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    const usage = await readUsage(pid);
    if (closed) return;
    // What cannot be read now can be later.
    if (usage !== undefined) note(usage);
    timer = setTimeout(() => void look(), limits.sampleMs);
  };

  const note = ({ cpuMs, memoryBytes }: ProcessUsage) => {
    const atMs = performance.now();
    const passed = last === undefined ? 0 : atMs - last.atMs;
    const cpuPercent = last === undefined || passed <= 0 ? 0 : ((cpuMs - last.cpuMs) / passed) * 100;
    last = { cpuMs, atMs };
    onSample({ at: Date.now(), cpuPercent, memoryBytes });
    const idlePercent = idle.note(cpuMs, atMs, isBusy());
    if (memoryBytes > limits.memoryMb * MEGABYTE) onLimit(overMemory(memoryBytes, limits));
    else if (idlePercent !== undefined) onLimit(overIdleCpu(idlePercent, percent, limits));
  };
  void look();

  return () => {
    closed = true;
    clearTimeout(timer);
    stopThrottle?.();
  };
}
