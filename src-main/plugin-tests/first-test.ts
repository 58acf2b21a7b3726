/** The first test of a plugin, written for its type: something to run at once, and to go on from. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '@shared/errors';
import type { PluginType } from '@shared/schemas';
import { readManifest } from '../manifest/read-manifest';

const BODIES: Readonly<Record<PluginType, { name: string; lines: readonly string[] }>> = {
  analyzer: {
    name: 'finds nothing in an empty file',
    lines: [
      "const [target_type = ''] = plugin.getSupportedTypes();",
      "const target_data = { content: '', filename: 'empty.txt' };",
      "const response = await plugin.analyze({ request_id: 'test-1', target_type, target_data });",
      '',
      "expect(response.status).toBe('success');",
      'expect(response.vulnerabilities ?? []).toEqual([]);',
    ],
  },
  enricher: {
    name: 'names the data that it takes',
    lines: ['expect(plugin.getSupportedDataTypes().length).toBeGreaterThan(0);'],
  },
  scanner: {
    name: 'knows no scan that was never started',
    lines: ["await expect(plugin.getScanStatus('no-such-scan')).rejects.toThrow();"],
  },
  notifier: {
    name: 'names the channels that it serves',
    lines: ['expect(plugin.getSupportedChannels().length).toBeGreaterThan(0);'],
  },
  processor: {
    name: 'is healthy once it has started',
    lines: ["expect(await plugin.healthCheck()).toMatchObject({ status: 'healthy' });"],
  },
  connector: {
    name: 'is healthy once it has started',
    lines: ["expect(await plugin.healthCheck()).toMatchObject({ status: 'healthy' });"],
  },
};

function textFor(
  className: string,
  module: string,
  type: PluginType,
  config: Readonly<Record<string, unknown>>,
): string {
  const { name, lines } = BODIES[type];
  const settings = JSON.stringify(config, undefined, 2).replaceAll('\n', '\n  ');
  return [
    "import { createTestContext, describe, expect, test } from 'mcp-plugin-sdk/testing';",
    `import { ${className} } from '${module}';`,
    '',
    `describe('${className}', () => {`,
    `  const config = ${settings};`,
    '',
    `  test('${name}', async () => {`,
    `    const plugin = new ${className}(createTestContext({ config }));`,
    '    await plugin.initialize();',
    '',
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
    '  });',
    '});',
    '',
  ].join('\n');
}

/**
 * @returns The path of the new file in the folder.
 * @throws StudioError tests/exists, tests/not-typescript, plugins/invalid-manifest
 */
export async function writeFirstTest(folder: string): Promise<string> {
  const { manifest, entry } = await readManifest(folder);
  if (!/\.(ts|js|mjs)$/.test(entry.file)) {
    throw new StudioError('tests/not-typescript', `Tests are for plugins in TypeScript; ${entry.file} is not.`);
  }
  const file = basename(entry.file).replace(/\.\w+$/, '');
  const path = `tests/${file}.test.ts`;
  const module = `../${entry.file.replace(/\.ts$/, '')}`;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  try {
    const text = textFor(entry.className, module, manifest.plugin_type, manifest.default_config ?? {});
    await writeFile(join(folder, path), text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new StudioError('tests/exists', `${path} is there already. Open it and add a test.`, { data: { path } });
  }
  return path;
}
