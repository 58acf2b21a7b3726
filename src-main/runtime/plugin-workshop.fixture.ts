/**
 * Writes plugins, bundles them and runs them in real processes, for tests. Everything that was started is gone after
 * close.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { createEventBus, type EventBus } from '../bus';
import type { Artifact } from './artifact';
import type { PluginInstance } from './plugin-instance';
import type { RuntimeLimits } from './runtime-limits';
import { type SourceMapDocument, withInlineMap } from './source-map';
import { createSupervisor, type Supervisor } from './supervisor';

const built = resolve(import.meta.dirname, '../../out/test');
export const runnerFile = join(built, 'runner-javascript.js');

/** Runtimes that run plugins here: the one of the tests, and Electron as Node where it is there. */
export const runtimes: readonly { name: string; execPath: string }[] = [
  { name: 'Node', execPath: process.execPath },
  ...(process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined
    ? []
    : [{ name: 'Electron as Node', execPath: join(process.env.ELECTRON_OVERRIDE_DIST_PATH, 'electron') }]),
];

/** @param source TypeScript that exports the class Sample. */
export async function bundlePlugin(source: string): Promise<Artifact> {
  const { outputFiles } = await build({
    stdin: { contents: source, sourcefile: 'src/sample.ts', loader: 'ts', resolveDir: built },
    alias: { 'mcp-plugin-sdk': join(built, 'mcp-plugin-sdk.mjs') },
    outfile: join(built, 'plugin.js'),
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    target: 'es2022',
    sourcemap: 'external',
    logLevel: 'silent',
  });
  const text = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  const map = JSON.parse(text('.map')) as SourceMapDocument;
  return {
    code: withInlineMap(text('.js'), map),
    url: 'plugin://sample/1.0.0/plugin.js',
    className: 'Sample',
    sourceHash: 'none',
  };
}

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
  start(source: string, config?: Record<string, unknown>): Promise<PluginInstance>;
  close(): Promise<void>;
}

export async function openWorkshop(limits: Partial<RuntimeLimits> = {}, execPath?: string): Promise<PluginWorkshop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-runtime-')));
  const bus = createEventBus();
  const supervisor = createSupervisor({
    bus,
    runnerFile,
    tempFolder: folder,
    limits,
    ...(execPath ? { execPath } : {}),
  });
  return {
    bus,
    supervisor,
    folder,
    async start(source, config = {}) {
      const artifact = await bundlePlugin(source);
      return supervisor.start({
        folder,
        manifest: { name: 'sample', version: '1.0.0' },
        artifact,
        config,
        generation: 1,
      });
    },
    async close() {
      await supervisor.close();
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
