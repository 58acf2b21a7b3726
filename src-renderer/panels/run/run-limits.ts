/** What a person gives the runs of a sample of what they could have. */
import type { EffectiveLimit, RunLimits } from '@shared/contracts';
import { LEAST_MEMORY_MB } from '@shared/contracts';
import { formatLimit, SOURCE_WORDS } from '../../stores/limit-words';

export interface LimitField {
  readonly name: keyof RunLimits;
  readonly label: string;
  readonly suffix: string;
  readonly least: number;
  /** What it is about, of what holds without it. */
  readonly kind: EffectiveLimit['kind'];
}

export const LIMIT_FIELDS: readonly LimitField[] = [
  { name: 'memoryMb', label: 'Memory', suffix: ' MB', least: LEAST_MEMORY_MB, kind: 'heap' },
  { name: 'cpuPercent', label: 'Processor', suffix: ' %', least: 1, kind: 'cpu' },
  { name: 'eventsPerSecond', label: 'Events out', suffix: ' /s', least: 1, kind: 'events' },
];

/** Undefined where nothing is limited any more. */
export function withLimit(
  limits: RunLimits | undefined,
  name: keyof RunLimits,
  value: number | undefined,
): RunLimits | undefined {
  const { [name]: _, ...others } = limits ?? {};
  const next = value === undefined ? others : { ...others, [name]: value };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** Such as "at most 512 MB, built in". */
export function holdsText(limits: readonly EffectiveLimit[] | undefined, kind: EffectiveLimit['kind']): string {
  const found = limits?.find((limit) => limit.kind === kind);
  if (found === undefined) return '';
  return found.limit === undefined
    ? 'not limited otherwise'
    : `at most ${formatLimit(found.unit, found.limit)}, ${SOURCE_WORDS[found.from]}`;
}

/** Such as "64 MB · 50 %". */
export const limitWords = (limits: RunLimits): string =>
  LIMIT_FIELDS.flatMap(({ name, suffix }) => {
    const value = limits[name];
    return value === undefined ? [] : [`${value.toLocaleString('en')}${suffix}`];
  }).join(' · ');
