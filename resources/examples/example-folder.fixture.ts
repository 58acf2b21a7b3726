/** What every example owes its reader: a manifest without complaints, and one set of defaults wherever it is written. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkManifest } from '../../src-main/manifest';
import { folderOf } from './example-plugin.fixture';

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

    test('has a README', async () => {
      expect((await read('docs/README.md')).length).toBeGreaterThan(500);
    });
  });
}
