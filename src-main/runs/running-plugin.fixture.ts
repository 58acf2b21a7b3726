/**
 * A real plugin for tests of runs: built, in its own process, doing what the lines of its sample say. Each line is
 * `find <evidence>`, `log <text>`, `publish <count>`, `throw`, `loop`, `wait`, `bad`, `answer <status>` or nothing.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { RunSummary } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import type { SecurityEvent } from '@shared/schemas';
import { onTestFinished } from 'vitest';
import { createPluginBuilder } from '../build/plugin-builder';
import { createEventBus, type EventBus } from '../bus/event-bus';
import { readManifest } from '../manifest/read-manifest';
import type { PluginInstance } from '../runtime/plugin-instance';
import { createSupervisor } from '../runtime/supervisor';
import type { InstanceFor } from './plugin-seat';
import { temporaryFolder } from './run-samples.fixture';
import { createRunService, type RunService } from './run-service';
import { createSampleStore, type SampleStore } from './sample-store';

export const SCRIPTED_PLUGIN = `
import { type AnalysisRequest, type AnalysisResponse, AnalyzerPlugin } from 'mcp-plugin-sdk';

export class Scripted extends AnalyzerPlugin {
  override getSupportedTypes() {
    return ['source_code', 'config_file'];
  }

  override async analyze(request: AnalysisRequest): Promise<AnalysisResponse> {
    const vulnerabilities = [];
    const lines = (request.target_data.content ?? '').split('\\n');
    for (const [index, line] of lines.entries()) {
      const [word, rest = ''] = line.split(/ (.*)/s);
      if (word === 'find') {
        vulnerabilities.push({
          vulnerability_id: \`f-\${index}\`,
          title: \`Found \${rest}\`,
          vulnerability_type: 'other' as const,
          severity: (this.config.severity ?? 'high') as 'high',
          location: { line: index + 1 },
          evidence: [rest],
          custom_fields: { rule_id: 'scripted' },
        });
      }
      if (word === 'log') this.logger.info(rest);
      if (word === 'throw') throw new TypeError('the sample said so');
      if (word === 'loop') for (;;);
      if (word === 'publish') {
        const all = Array.from({ length: Number(rest) }, () => this.eventBus.publish({ event_type: 'custom' }));
        await Promise.all(all);
      }
      if (word === 'wait') {
        await this.eventBus.publish({ event_type: 'custom.waiting' });
        await new Promise(() => undefined);
      }
      if (word === 'bad') return { request_id: request.request_id, status: 'fine', vulnerabilities } as never;
      if (word === 'answer') {
        return { request_id: request.request_id, status: rest as 'error', error_message: 'no luck', vulnerabilities };
      }
    }
    return { request_id: request.request_id, status: 'success', vulnerabilities };
  }
}
`;

const MANIFEST = {
  name: 'scripted',
  version: '1.0.0',
  plugin_type: 'analyzer',
  entry_point: 'src.plugin:Scripted',
  config_schema: { type: 'object', properties: { severity: { enum: ['low', 'high'] } } },
};

export async function writePlugin(
  folder: string,
  { source = SCRIPTED_PLUGIN, manifest = {} }: { source?: string; manifest?: object } = {},
): Promise<void> {
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'plugin.json'), JSON.stringify({ ...MANIFEST, ...manifest }, undefined, 2));
  await writeFile(join(folder, 'src', 'plugin.ts'), source);
}

export interface RunningPlugin {
  readonly folder: string;
  readonly samples: SampleStore;
  readonly runs: RunService;
  readonly bus: EventBus;
  readonly events: SecurityEvent[];
  /** The process that was started last. */
  readonly instance: PluginInstance;
  writeSample(path: string, text: string | Uint8Array): Promise<void>;
  /** Runs a sample to its end. */
  run(
    sampleId: string,
    options?: { timeoutSeconds?: number; config?: Record<string, unknown>; request?: Record<string, unknown> },
  ): Promise<RunSummary>;
  /** Settles when an event of the type passes. */
  event(type: string): Promise<SecurityEvent>;
}

const outTest = resolve(import.meta.dirname, '../../out/test');

export async function openRunningPlugin(plugin: Parameters<typeof writePlugin>[1] = {}): Promise<RunningPlugin> {
  const root = await temporaryFolder();
  const folder = join(root, 'plugin');
  const tempFolder = join(root, 'temp');
  await mkdir(tempFolder);
  await writePlugin(folder, plugin);
  const bus = createEventBus();
  const events: SecurityEvent[] = [];
  bus.onDidPublish.on((event) => void events.push(event));
  const builder = createPluginBuilder({ sdkFile: join(outTest, 'mcp-plugin-sdk.mjs') });
  const supervisor = createSupervisor({ bus, runnerFile: join(outTest, 'runner-javascript.js'), tempFolder });
  let current: PluginInstance | undefined;
  const instanceFor: InstanceFor = async (_folder, override) => {
    const { manifest, entry } = await readManifest(folder);
    const { artifact, report } = await builder.build(folder, entry);
    if (artifact === undefined) throw new StudioError('plugins/build-failed', report.diagnostics[0]!.message);
    const isUsable = current !== undefined && ['ready', 'running'].includes(current.status().state);
    if (override === undefined && isUsable && current?.artifact.sourceHash === artifact.sourceHash) {
      return { instance: current, manifest, release: async () => undefined };
    }
    const started = await supervisor.start({ folder, manifest, artifact, config: override ?? {}, generation: 1 });
    if (override !== undefined) return { instance: started, manifest, release: () => started.stop() };
    current = started;
    return { instance: started, manifest, release: async () => undefined };
  };
  const samples = createSampleStore({ pasteFolder: join(root, 'pasted') });
  const runs = createRunService({
    samples,
    bus,
    instanceFor,
    pluginTypeOf: async () => (await readManifest(folder)).manifest.plugin_type,
  });
  onTestFinished(async () => {
    await runs.close();
    await supervisor.close();
    await builder.close();
    await bus.close();
  });

  return {
    folder,
    samples,
    runs,
    bus,
    events,
    get instance() {
      return current!;
    },
    async writeSample(path, text) {
      const file = join(folder, 'samples', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    async run(sampleId, options = {}) {
      const ended = new Map<string, RunSummary>();
      let onEnd: ((summary: RunSummary) => void) | undefined;
      const stopListening = runs.onDidChange.on((summary) => {
        if (summary.outcome === 'running') return;
        ended.set(summary.runId, summary);
        onEnd?.(summary);
      });
      const { runId } = await runs.start({ folder, sampleId, ...options });
      const summary =
        ended.get(runId) ??
        (await new Promise<RunSummary>((done) => {
          onEnd = (changed) => changed.runId === runId && done(changed);
        }));
      stopListening();
      return summary;
    },
    event: (type) =>
      new Promise((done) => {
        const stop = bus.onDidPublish.on((event) => {
          if (event.event_type !== type) return;
          stop();
          done(event);
        });
      }),
  };
}
