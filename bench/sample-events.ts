/** Security events as a busy platform sees them: 100 types, 20 sources, all priorities. The same ones every time. */
import type { EventFilter, SecurityEvent } from '@shared/schemas';

const AREAS = ['network', 'auth', 'file', 'process', 'dns', 'http', 'malware', 'policy', 'scan', 'system'];
const ACTIONS = [
  'started',
  'login',
  'logout',
  'opened',
  'written',
  'executed',
  'queried',
  'blocked',
  'detected',
  'failed',
];
/** Publishers name their types and themselves in constants. */
const TYPES = AREAS.flatMap((area) => ACTIONS.map((action) => `${area}.${action}`));
const SOURCES = Array.from({ length: 20 }, (_, at) => `sensor-${at}`);
const PRIORITIES = ['critical', 'high', 'medium', 'low', 'info'];
const TAGS = ['pci', 'prod', 'staging', 'external', 'internal', 'ioc', 'user', 'service', 'high-value', 'test'];

function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function makeEvents(count: number): SecurityEvent[] {
  const random = createRandom(42);
  const pick = (list: readonly string[]) => list[random(list.length)] ?? '';
  return Array.from({ length: count }, (_, at) => {
    const time = new Date(1_790_000_000_000 + at).toISOString();
    return {
      event_id: `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
      event_type: pick(TYPES),
      source: pick(SOURCES),
      timestamp: time,
      created_at: time,
      priority: pick(PRIORITIES),
      tags: Array.from({ length: random(3) }, () => pick(TAGS)),
      data: {
        ip: `10.${random(256)}.${random(256)}.${random(256)}`,
        user: `user${random(5000)}`,
        message: `Connection ${at} to port ${random(65_536)} by rule R${random(900)}`,
      },
    };
  });
}

/** The filters of a small installation: a logger that hears all, and others that are choosy. */
export const TEN_FILTERS: readonly EventFilter[] = [
  {},
  { event_types: ['network.*'] },
  { event_types: ['auth.*'], min_priority: 'medium' },
  { event_types: ['malware.detected'] },
  { event_types: ['*.blocked'] },
  { event_types: ['file.*', 'process.*'], required_tags: ['prod'] },
  { min_priority: 'critical' },
  { required_tags: ['ioc'] },
  { event_types: ['http.*'], sources: ['sensor-1', 'sensor-2'], min_priority: 'low' },
  { event_types: ['dns.queried', 'dns.failed'], min_priority: 'high', required_tags: ['external'] },
];

/** Most subscribers of a large one want one type; every tenth a whole area, every tenth one action anywhere. */
export const HUNDRED_FILTERS: readonly EventFilter[] = Array.from({ length: 100 }, (_, at) => {
  const ten = Math.floor(at / 10);
  if (at % 10 === 0) return { event_types: [`${AREAS[ten]}.*`], min_priority: 'high' };
  if (at % 10 === 1) return { event_types: [`*.${ACTIONS[ten]}`], required_tags: [TAGS[ten] ?? ''] };
  const type = `${AREAS[(at * 7) % 10]}.${ACTIONS[Math.floor((at * 7) / 10) % 10]}`;
  return { event_types: [type], min_priority: (['low', 'medium', 'high'] as const)[at % 3] };
});
