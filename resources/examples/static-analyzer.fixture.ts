/** Bundles the example plugin as the studio does, and runs it with a bus and a logger that keep what they get. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type AnalysisRequest,
  type AnalysisResponse,
  AnalysisResponseSchema,
  type EventInput,
  type VulnerabilityResult,
} from '@shared/schemas';
import type { AnalyzerPlugin } from '@shared/sdk';
import { build } from 'esbuild';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect } from 'vitest';

export const PLUGIN_FOLDER = join(import.meta.dirname, 'static-analyzer');

const root = resolve(import.meta.dirname, '../..');
const responses = Compile(AnalysisResponseSchema);

interface Started {
  readonly plugin: AnalyzerPlugin;
  readonly published: EventInput[];
  readonly logged: string[];
}

/** To be called at the top of a test file: the bundle is made before its tests and removed after them. */
export function bundleStaticAnalyzer(): (config?: Record<string, unknown>) => Promise<Started> {
  let temporary: string;
  let Analyzer: new (context: unknown) => AnalyzerPlugin;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'static-analyzer-'));
    const outfile = join(temporary, 'analyzer.cjs');
    await build({
      entryPoints: [join(PLUGIN_FOLDER, 'src/analyzer.ts')],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'neutral',
      target: 'es2022',
      alias: { 'mcp-plugin-sdk': join(root, 'src-shared/sdk/index.ts'), '@shared': join(root, 'src-shared') },
      tsconfigRaw: '{}',
    });
    Analyzer = createRequire(import.meta.url)(outfile).StaticAnalyzer;
  });
  afterAll(() => rm(temporary, { recursive: true, force: true }));

  return async (config = {}) => {
    const published: EventInput[] = [];
    const logged: string[] = [];
    const log = (...parts: unknown[]) => void logged.push(parts.join(' '));
    const plugin = new Analyzer({
      plugin_id: 'static-analyzer:1.0.0',
      instance_id: 'one',
      config,
      logger: { debug: log, info: log, warning: log, error: log },
      eventBus: { publish: async (event: EventInput) => void published.push(event) },
    });
    await plugin.initialize();
    return { plugin, published, logged };
  };
}

/** The response to one text; it must keep the contract. */
export async function analyze(
  { plugin }: Started,
  filename: string,
  content: string,
  request: Partial<AnalysisRequest> = {},
): Promise<AnalysisResponse> {
  const response = await plugin.analyze({
    request_id: 'request',
    target_type: 'source_code',
    target_data: { filename, content },
    ...request,
  });
  expect([...responses.Errors(response)]).toEqual([]);
  return response;
}

export const ruleOf = ({ custom_fields }: VulnerabilityResult) => custom_fields?.rule_id;
export const rulesIn = ({ vulnerabilities = [] }: AnalysisResponse) => vulnerabilities.map(ruleOf);
