/** The figures of all opened plugins, in the text that Prometheus reads. Nothing is kept between two readings. */
import type { PluginFigures, PluginStatus } from '@shared/contracts';
import { type Metric, Registry } from 'prom-client';
import { readFigures } from '../services/plugin-services';
import type { PluginSession } from '../services/plugin-session';

export interface MetricsPage {
  readonly type: string;
  readonly text: string;
}

interface Plugin {
  readonly labels: { readonly plugin: string };
  readonly status: PluginStatus;
  readonly figures: PluginFigures;
}

type Kind = 'counter' | 'gauge' | 'histogram';
interface Value {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly metricName?: string;
}

const last = ({ figures }: Plugin) => figures.samples.at(-1);

const SINGLE: readonly (readonly [Kind, string, string, (plugin: Plugin) => number])[] = [
  ['gauge', 'up', 'Whether the plugin runs.', ({ status }) => (status.pid === undefined ? 0 : 1)],
  ['gauge', 'uptime_seconds', 'Since it is ready.', ({ figures }) => figures.uptimeMs / 1000],
  ['gauge', 'quarantined', 'Whether it is in quarantine.', ({ status }) => (status.quarantine === undefined ? 0 : 1)],
  [
    'gauge',
    'health_failures',
    'Health checks that failed one after the other.',
    ({ status }) => status.health?.failures ?? 0,
  ],
  ['gauge', 'memory_bytes', 'Memory of its process.', (plugin) => last(plugin)?.memoryBytes ?? 0],
  ['gauge', 'cpu_percent', 'Share of one core.', (plugin) => last(plugin)?.cpuPercent ?? 0],
  ['counter', 'restarts_total', 'Restarts after crashes.', ({ figures }) => figures.restarts],
  ['counter', 'calls_total', 'Calls of its methods.', ({ figures }) => figures.calls],
  ['counter', 'errors_total', 'Calls that failed.', ({ figures }) => figures.errors],
  ['counter', 'events_in_total', 'Events delivered to it.', ({ figures }) => figures.eventsIn],
  ['counter', 'events_out_total', 'Events published by it.', ({ figures }) => figures.eventsOut],
];

const LATENCY = 'studio_plugin_call_duration_seconds';

function latencyOf({ labels, figures }: Plugin): Value[] {
  let count = 0;
  const buckets = figures.latency.buckets.map(({ le, count: own }) => {
    count += own;
    return {
      metricName: `${LATENCY}_bucket`,
      labels: { ...labels, le: le === undefined ? '+Inf' : le / 1000 },
      value: count,
    };
  });
  const sum = { metricName: `${LATENCY}_sum`, labels, value: figures.latency.sumMs / 1000 };
  return [...buckets, sum, { metricName: `${LATENCY}_count`, labels, value: count }];
}

/** What is counted elsewhere; the library's own metrics can only be counted up by one who sees it happen. */
const counted = (type: Kind, name: string, help: string, values: readonly Value[]) =>
  ({ name, help, type, values, get: async () => ({ name, help, type, values }) }) as unknown as Metric;

export async function metricsPage(sessions: readonly PluginSession[]): Promise<MetricsPage> {
  const registry = new Registry();
  const plugins = sessions.map((session) => ({
    labels: { plugin: session.summary().name },
    status: session.status(),
    figures: readFigures(session),
  }));
  for (const [type, name, help, figureOf] of SINGLE) {
    const values = plugins.map((plugin) => ({ labels: plugin.labels, value: figureOf(plugin) }));
    registry.registerMetric(counted(type, `studio_plugin_${name}`, help, values));
  }
  registry.registerMetric(counted('histogram', LATENCY, 'How long its calls took.', plugins.flatMap(latencyOf)));
  return { type: registry.contentType, text: await registry.metrics() };
}
