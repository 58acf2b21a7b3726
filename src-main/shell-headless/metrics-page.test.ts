import { expect, test } from 'vitest';
import { createPluginFigures } from '../runtime/plugin-figures';
import type { PluginSession } from '../services/plugin-session';
import { metricsPage } from './metrics-page';

test('the figures of each plugin are there as Prometheus reads them', async () => {
  const figures = createPluginFigures();
  figures.noteCall({ durationMs: 3, timeoutMs: 1000, failed: false });
  figures.noteCall({ durationMs: 40_000, timeoutMs: 1000, failed: true });
  figures.noteSample({ at: 1, cpuPercent: 12.5, memoryBytes: 4096 });
  const status = { folder: '/p', state: 'ready', pid: 1, isolation: 'ses only', configGeneration: 0 } as const;
  const session = { folder: '/p', figures, status: () => status, summary: () => ({ name: 'sample' }) };
  const { type, text } = await metricsPage([session as unknown as PluginSession]);
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE studio_plugin_calls_total counter',
      'studio_plugin_calls_total{plugin="sample"} 2',
      'studio_plugin_errors_total{plugin="sample"} 1',
      'studio_plugin_up{plugin="sample"} 1',
      'studio_plugin_cpu_percent{plugin="sample"} 12.5',
      '# TYPE studio_plugin_call_duration_seconds histogram',
      'studio_plugin_call_duration_seconds_bucket{plugin="sample",le="0.002"} 0',
      'studio_plugin_call_duration_seconds_bucket{plugin="sample",le="0.005"} 1',
      'studio_plugin_call_duration_seconds_bucket{plugin="sample",le="+Inf"} 2',
      'studio_plugin_call_duration_seconds_sum{plugin="sample"} 40.003',
      'studio_plugin_call_duration_seconds_count{plugin="sample"} 2',
    ]),
  );
});
