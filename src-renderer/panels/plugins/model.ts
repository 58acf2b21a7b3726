/** The life of a plugin, as it is drawn and as it is said. */
import type { Headroom, PluginFigures, PluginStatus } from '@shared/contracts';
import type { LifecycleState } from '@shared/schemas';
import { formatBytes, formatDuration } from '../../ui/figures';

/** Where each state of the contract stands, in a grid of columns and rows. */
export const PLACES: Readonly<Record<LifecycleState, readonly [column: number, row: number]>> = {
  unloaded: [0, 0],
  loading: [1, 0],
  loaded: [2, 0],
  initializing: [3, 0],
  ready: [4, 0],
  running: [4, 1],
  stopping: [2, 1],
  stopped: [1, 1],
  error: [0, 1],
};

/** What leads where; `error` is reached from any, and is drawn without lines. */
export const STEPS: readonly (readonly [LifecycleState, LifecycleState])[] = [
  ['unloaded', 'loading'],
  ['loading', 'loaded'],
  ['loaded', 'initializing'],
  ['initializing', 'ready'],
  ['ready', 'running'],
  ['running', 'stopping'],
  ['stopping', 'stopped'],
];

export type Action = 'load' | 'start' | 'stop' | 'restart' | 'reload' | 'unload' | 'release' | 'checkHealth';

const UP: readonly LifecycleState[] = ['ready', 'running'];
const DOWN: readonly LifecycleState[] = ['unloaded', 'stopped', 'error'];

/** The host decides; this keeps buttons from offering what it would refuse. */
export function possible(action: Action, { state, quarantine }: Pick<PluginStatus, 'state' | 'quarantine'>): boolean {
  const isDown = DOWN.includes(state);
  switch (action) {
    case 'load':
      return isDown && quarantine === undefined;
    case 'start':
      return (isDown || state === 'loaded') && quarantine === undefined;
    case 'restart':
      return quarantine === undefined;
    case 'stop':
      return !isDown;
    case 'reload':
    case 'checkHealth':
      return UP.includes(state);
    case 'unload':
      return state !== 'unloaded';
    case 'release':
      return quarantine !== undefined;
  }
}

export function formatUptime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

export function healthText({ health }: Pick<PluginStatus, 'health'>): string {
  if (health === undefined) return 'not asked yet';
  return health.failures === 0 ? health.status : `${health.status} (failed ${health.failures} ×)`;
}

const FORMATS: Readonly<Record<Headroom['unit'], (value: number) => string>> = {
  ms: formatDuration,
  bytes: formatBytes,
  percent: (value) => `${value.toFixed(value < 10 ? 1 : 0)} %`,
  'events/s': (value) => `${Math.round(value).toLocaleString('en')} /s`,
};

export const formatFigure = (unit: Headroom['unit'], value: number): string => FORMATS[unit](value);

/** What a plugin may, and of what is not known yet why. */
export const limitText = ({ kind, unit, limit }: Headroom): { readonly text: string; readonly why?: string } => {
  if (limit !== undefined) return { text: formatFigure(unit, limit) };
  if (kind !== 'time') return { text: 'no limit' };
  return { text: '–', why: 'Each request says how long its call may take; there was no call yet.' };
};

/** From 0 to 1: how much of the limit the most took. */
export const share = ({ limit, max }: Pick<Headroom, 'limit' | 'max'>): number | undefined =>
  limit === undefined || limit === 0 ? undefined : Math.min(1, max / limit);

/** In milliseconds: a measurement that is later than this after the one before says nothing of the time between. */
const GAP = 5_000;

export interface Line {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** With nothing where nothing was measured, so that no line is drawn there. */
export function withGaps(times: readonly number[], values: readonly number[]): Line {
  const line: { times: number[]; values: (number | null)[] } = { times: [], values: [] };
  for (const [at, time] of times.entries()) {
    const before = times[at - 1];
    if (before !== undefined && time - before > GAP) {
      line.times.push((before + time) / 2);
      line.values.push(null);
    }
    line.times.push(time);
    line.values.push(values[at] ?? null);
  }
  return line;
}

export interface Bar {
  readonly label: string;
  readonly count: number;
  /** Of the highest, from 0 to 1. */
  readonly height: number;
}

/** From the first bucket that has something to the last. */
export function latencyBars({ buckets }: PluginFigures['latency']): Bar[] {
  const first = buckets.findIndex(({ count }) => count > 0);
  if (first === -1) return [];
  const last = buckets.findLastIndex(({ count }) => count > 0);
  const most = Math.max(...buckets.map(({ count }) => count));
  const label = (at: number) => {
    const { le } = buckets[at] ?? {};
    return le === undefined ? `> ${formatDuration(buckets[at - 1]?.le ?? 0)}` : `≤ ${formatLimit(le)}`;
  };
  return buckets
    .slice(first, last + 1)
    .map(({ count }, at) => ({ label: label(first + at), count, height: count / most }));
}

const formatLimit = (milliseconds: number) => (milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`);
