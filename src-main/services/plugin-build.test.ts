import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createPluginBuilder } from '../build';
import { checkManifest } from '../manifest/check-manifest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { createPluginBuild } from './plugin-build';
import { createPluginProblems } from './plugin-problems';

const manifest = { name: 'sample', version: '1.0.0', plugin_type: 'analyzer', entry_point: 'src.sample:Sample' };

async function openBuild() {
  const folder = await temporaryFolder();
  const write = (path: string, text: string) => writeFile(join(folder, path), text);
  await mkdir(join(folder, 'src'));
  await write('src/sample.ts', 'export class Sample {}');
  await write('plugin.json', JSON.stringify(manifest));
  const builder = createPluginBuilder({ sdkFile: resolve(import.meta.dirname, '../../out/test/mcp-plugin-sdk.mjs') });
  onTestFinished(() => builder.close());
  const build = createPluginBuild({
    folder,
    builder,
    problems: createPluginProblems(),
    report: await checkManifest(folder),
    onError: (error) => {
      throw error;
    },
  });
  return { build, write };
}

test('what was built is the newest until the next build has ended', async () => {
  const { build } = await openBuild();
  await build.buildOrThrow();
  const first = build.newest();
  expect(first?.artifact.className).toBe('Sample');
  const next = build.buildOrThrow();
  expect(build.newest()).toBe(first);
  await next;
  expect(build.newest()).not.toBe(first);
});

test('a build that makes nothing leaves nothing to start from', async () => {
  const { build, write } = await openBuild();
  await build.build();
  await write('src/sample.ts', 'export class Sample {');
  await build.build();
  expect(build.newest()).toBeUndefined();
  await write('src/sample.ts', 'export class Sample {}');
  await build.build();
  expect(build.newest()).toBeDefined();
  await write('plugin.json', '{');
  await build.build();
  expect(build.newest()).toBeUndefined();
});
