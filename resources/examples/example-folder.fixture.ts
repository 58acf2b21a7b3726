/** What every example owes its reader: a manifest without complaints, one set of defaults, and tests that pass. */
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { checkManifest } from '../../src-main/manifest';
import { createPluginTests } from '../../src-main/plugin-tests/plugin-tests';
import { folderOf } from './example-plugin.fixture';

const built = resolve(import.meta.dirname, '../../out/test');

interface Property {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
}

/** To be called at the top of a test file. */
export function checkExampleFolder(name: string): void {
  const folder = folderOf(name);
  const read = (path: string) => readFile(join(folder, path), 'utf8');

  describe('the folder of the example', () => {
    test('has a manifest that the studio does not complain about', async () => {
      expect((await checkManifest(folder)).diagnostics).toEqual([]);
    });

    test('has the same defaults in its schema, default_config and config/default.yaml', async () => {
      const { default_config, config_schema } = JSON.parse(await read('plugin.json'));
      const properties = Object.entries(config_schema.properties as Record<string, Property>);
      expect(Object.fromEntries(properties.map(([key, schema]) => [key, schema.default]))).toEqual(default_config);
      expect(parse(await read('config/default.yaml'))).toEqual(default_config);
    });

    test('names and describes each setting', async () => {
      const { config_schema } = JSON.parse(await read('plugin.json'));
      for (const [key, { title, description }] of Object.entries(
        config_schema.properties as Record<string, Property>,
      )) {
        expect([key, typeof title, description?.endsWith('.')]).toEqual([key, 'string', true]);
      }
    });

    // Of its own, as an author runs them: each file in a sandbox.
    test('has tests, and all of them pass', { timeout: 60_000 }, async () => {
      const tempFolder = await realpath(await mkdtemp(join(tmpdir(), `${name}-tests-`)));
      const plugins = createPluginTests({
        sdkFile: join(built, 'mcp-plugin-sdk.mjs'),
        runnerFile: join(built, 'runner-javascript.js'),
        tempFolder,
        onError: (error) => expect.fail(String(error)),
      });
      onTestFinished(async () => {
        await plugins.close();
        await rm(tempFolder, { recursive: true, force: true });
      });
      const tests = plugins.open(folder);
      await tests.run();
      expect(tests.diagnostics()).toEqual([]);
      const outcomes = tests.details().map(({ outcome }) => outcome);
      expect(new Set(outcomes)).toEqual(new Set(['passed']));
      expect(outcomes.length).toBeGreaterThan(9);
    });

    test('has a README', async () => {
      expect((await read('docs/README.md')).length).toBeGreaterThan(500);
    });
  });
}
