import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generate.mjs';

const root = resolve(import.meta.dirname, '../..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

const plugin = `
import { type AnalysisRequest, type AnalysisResponse, AnalyzerPlugin, PluginError, SEVERITIES, type SecurityEvent } from 'mcp-plugin-sdk';

interface Settings { threshold: number }

export class Sample extends AnalyzerPlugin<Settings> {
  override async initialize(): Promise<void> {
    const subscription = await this.eventBus.subscribe(this.pluginId, (event: SecurityEvent) => this.logger.info(event.event_type), {
      event_types: ['security.**'],
      min_priority: 'high',
    });
    setTimeout(() => console.log(subscription.subscription_id, new URL('https://example.org').host), 10);
  }
  override getSupportedTypes() { return ['source_code']; }
  override async onConfigChanged(settings: Settings): Promise<void> { this.logger.warning(settings.threshold); }
  override async analyze(request: AnalysisRequest): Promise<AnalysisResponse> {
    if (request.target_data.content === undefined) throw new PluginError('No content');
    return {
      request_id: request.request_id,
      status: 'success',
      vulnerabilities: [
        { vulnerability_id: '1', title: 'One', vulnerability_type: 'other', severity: SEVERITIES[0], cwe_ids: ['CWE-1'] },
      ],
    };
  }
}
`;

let folder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-declarations-'));
  await generate(root, join(folder, 'resources'));
  const types = join(folder, 'plugin/types');
  await mkdir(types, { recursive: true });
  await cp(join(folder, 'resources/sdk/types'), types, { recursive: true });
  await writeFile(
    join(folder, 'plugin/tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'ES2022',
        lib: ['ES2022'],
        module: 'ESNext',
        moduleResolution: 'bundler',
        strict: true,
        noImplicitOverride: true,
        noEmit: true,
        types: [],
        paths: { 'mcp-plugin-sdk': ['./types/index.d.ts'], 'mcp-plugin-sdk/testing': ['./types/testing.d.ts'] },
      },
      files: ['plugin.ts'],
    }),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function errorsOf(source) {
  await writeFile(join(folder, 'plugin/plugin.ts'), source);
  return new Promise((done) => {
    execFile(process.execPath, [compiler, '-p', join(folder, 'plugin')], (_error, output) => done(output.trim()));
  });
}

describe('the type declarations of the SDK', () => {
  it('are one file for the SDK and one for its tests, and all that a plugin needs to type-check', async () => {
    expect(await readdir(join(folder, 'resources/sdk/types'))).toEqual(['index.d.ts', 'testing.d.ts']);
    expect(await errorsOf(plugin)).toBe('');
  });

  it('make a misspelt field, a wrong word and a missing method errors', async () => {
    expect(await errorsOf(plugin.replace('cwe_ids', 'cweIds'))).toMatch(/plugin\.ts.*cweIds/);
    expect(await errorsOf(plugin.replace("min_priority: 'high'", "min_priority: 'info'"))).toMatch(/"info"/);
    expect(await errorsOf(plugin.replace('target_data.content', 'targetData.content'))).toMatch(/targetData/);
    expect(await errorsOf(plugin.replace(/override getSupportedTypes.*\n/, ''))).toMatch(/getSupportedTypes/);
  });

  it('offer neither the DOM nor Node', async () => {
    for (const name of ['document', 'process', 'require', 'Buffer']) {
      expect(await errorsOf(`${plugin}\nexport const outside = ${name};`)).toMatch(`Cannot find name '${name}'`);
    }
  });
});

describe('the type declarations of the testing module', () => {
  const tests = `${plugin}
import { createTestContext, createTestRegistry, describe, expect, fakeClock, fn, test } from 'mcp-plugin-sdk/testing';

describe('Sample', () => {
  test('analyses', async () => {
    const context = createTestContext<Settings>({ config: { threshold: 1 }, files: { 'a.txt': 'a' }, network: () => 'yes' });
    const sample = new Sample(context);
    await sample.initialize();
    expect(context.logger.messages('info')).toEqual([expect.stringContaining('a')]);
    await expect(context.files.readText('a.txt')).resolves.toBe('a');
    await (await fakeClock('2026-01-01')).tick(10);
    fn((count: number) => count)(1);
    await createTestRegistry().load(Sample, { config: { threshold: 2 } });
  });
  test.each([[1, 'one'], [2, 'two']])('%d is %s', (count, name) => expect(count.toFixed() + name.trim()).toBeDefined());
  test.each([{ size: 1 }])('$size', ({ size }) => expect(size.toFixed()).not.toBe(''), { timeout: 10 });
});
`;

  it('are all that tests need to type-check', async () => {
    expect(await errorsOf(tests)).toBe('');
  });

  it('make a wrong configuration, matcher or option an error', async () => {
    expect(await errorsOf(tests.replace('{ threshold: 1 }', "{ threshold: 'low' }"))).toMatch(
      /not assignable to type 'number'/,
    );
    expect(await errorsOf(tests.replace('.toBeDefined()', '.toBeFine()'))).toMatch(/toBeFine/);
    expect(await errorsOf(tests.replace("network: () => 'yes'", 'network: 1'))).toMatch(/number/);
  });
});

describe('the bundle of the SDK', () => {
  it('imports nothing and carries no schema library', async () => {
    const text = await readFile(join(folder, 'resources/sdk/mcp-plugin-sdk.mjs'), 'utf8');
    expect(text).not.toMatch(/typebox|^import |require\(/m);
    expect(text.length).toBeLessThan(30_000);
  });
});

describe('the JSON Schemas', () => {
  it('have an id and a title each, and describe the fields', async () => {
    const files = await readdir(join(folder, 'resources/schemas'));
    expect(files).toContain('manifest.json');
    const schemas = await Promise.all(
      files.map(async (file) => JSON.parse(await readFile(join(folder, 'resources/schemas', file), 'utf8'))),
    );
    expect(new Set(schemas.map((schema) => schema.$id)).size).toBe(files.length);
    expect(schemas.every((schema) => typeof schema.title === 'string')).toBe(true);
    const request = schemas.find((schema) => schema.title === 'AnalysisRequest');
    expect(request.properties.timeout).toMatchObject({ type: 'number', minimum: 0, default: 300 });
  });
});
