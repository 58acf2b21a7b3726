/** Limits as people read them: with their unit, and who set them. */
import type { EffectiveLimit, LimitSource } from '@shared/contracts';
import { formatBytes, formatDuration } from '../ui/figures';

export const SOURCE_WORDS: Readonly<Record<LimitSource, string>> = {
  'built-in': 'built in',
  registry: 'set by the registry configuration',
  manifest: 'what plugin.json asks for',
  run: 'set for this run',
};

/** For a column. */
export const SHORT_SOURCES: Readonly<Record<LimitSource, string>> = {
  'built-in': 'built in',
  registry: 'registry',
  manifest: 'plugin.json',
  run: 'request',
};

const FORMATS: Readonly<Record<EffectiveLimit['unit'], (value: number) => string>> = {
  bytes: formatBytes,
  percent: (value) => `${Math.round(value)} %`,
  ms: formatDuration,
  'events/s': (value) => `${Math.round(value).toLocaleString('en')} events/s`,
  'lines/s': (value) => `${Math.round(value).toLocaleString('en')} lines/s`,
};

export const formatLimit = (unit: EffectiveLimit['unit'], value: number): string => FORMATS[unit](value);
