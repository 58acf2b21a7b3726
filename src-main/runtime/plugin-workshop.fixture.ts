/**
 * Writes plugins, builds them and runs them in real processes, for tests. Everything that was started is gone after
 * close.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPluginBuilder } from '../build';
import { createEventBus, type EventBus } from '../bus';
import type { Artifact } from './artifact';
import type { PluginInstance } from './plugin-instance';
import type { RuntimeLimits } from './runtime-limits';
import { createSupervisor, type Supervisor } from './supervisor';

/** For calls that are expected to end. */
export const soon = { timeoutMs: 15_000 };

export const request = { request_id: 'r1', target_type: 'source_code', target_data: { content: 'x' } };

const built = resolve(import.meta.dirname, '../../out/test');
export const runnerFile = join(built, 'runner-javascript.js');
export const databaseWorkerFile = join(built, 'database-worker.js');

/** Runtimes that run plugins here: the one of the tests, and Electron as Node where it is there, as `npm test` sees to. */
export const runtimes: readonly { name: string; execPath: string }[] = [
  { name: 'Node', execPath: process.execPath },
  ...(process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined
    ? []
    : [{ name: 'Electron as Node', execPath: join(process.env.ELECTRON_OVERRIDE_DIST_PATH, 'electron') }]),
];

/** A whole plugin from the members of its class. */
export const analyzer = (members: string, before = '') => `
import * as sdk from 'mcp-plugin-sdk';
${before}
export class Sample extends sdk.AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  async analyze(request) { return { request_id: request.request_id, status: 'success' }; }
  ${members}
}
`;

export interface PluginWorkshop {
  readonly bus: EventBus;
  readonly supervisor: Supervisor;
  readonly folder: string;
  /** @param source TypeScript that exports the class Sample. */
  build(source: string): Promise<Artifact>;
  start(source: string, config?: Record<string, unknown>): Promise<PluginInstance>;
  close(): Promise<void>;
}

export async function openWorkshop(limits: Partial<RuntimeLimits> = {}, execPath?: string): Promise<PluginWorkshop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-runtime-')));
  const bus = createEventBus();
  const builder = createPluginBuilder({ sdkFile: join(built, 'mcp-plugin-sdk.mjs') });
  const tempFolder = join(folder, 'temp');
  const supervisor = createSupervisor({ bus, runnerFile, tempFolder, limits, ...(execPath ? { execPath } : {}) });
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'plugin.json'), '{"name":"sample","version":"1.0.0"}');

  const build = async (source: string) => {
    await writeFile(join(folder, 'src/sample.ts'), source);
    const entry = { module: 'src.sample', className: 'Sample', language: 'typescript', file: 'src/sample.ts' } as const;
    const { artifact, report } = await builder.build(folder, entry);
    if (artifact === undefined) throw new Error(report.diagnostics.map(({ message }) => message).join('\n'));
    return artifact;
  };

  return {
    bus,
    supervisor,
    folder,
    build,
    async start(source, config = {}) {
      const artifact = await build(source);
      const manifest = { name: 'sample', version: '1.0.0' };
      return supervisor.start({ folder, manifest, artifact, config, generation: 1 });
    },
    async close() {
      await supervisor.close();
      await builder.close();
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whether a process with that id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
