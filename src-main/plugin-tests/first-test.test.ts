import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLUGIN_TYPES } from '@shared/schemas';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeFirstTest } from './first-test';
import { openTestFolder, type TestFolder } from './test-folder.fixture';

// Each test starts a process.
vi.setConfig({ testTimeout: 60_000 });

let place: TestFolder;
beforeEach(async () => {
  place = await openTestFolder();
});
afterEach(() => place.close());

const BASES = {
  analyzer:
    "getSupportedTypes() { return ['a']; } async analyze({ request_id }) { return { request_id, status: 'success' }; }",
  enricher: "getSupportedDataTypes() { return ['ip']; } getEnrichmentTypes() { return []; } async enrich() {}",
  scanner:
    "async startScan() {} async getScanStatus() { throw new Error('none'); } async cancelScan() {} getSupportedScanTypes() { return []; }",
  notifier: "async sendNotification() {} getSupportedChannels() { return ['slack']; }",
  processor: '',
  connector: '',
} as const;

it.each(PLUGIN_TYPES)(
  'the first test of a plugin of type %s passes with a plugin that keeps its contract',
  async (type) => {
    const base = `${type[0]?.toUpperCase()}${type.slice(1)}Plugin`;
    const config = { least: 3, names: ['a'] };
    await place.write(
      'plugin.json',
      JSON.stringify({
        name: 'p',
        version: '1.0.0',
        plugin_type: type,
        entry_point: 'src.my:Mine',
        default_config: config,
      }),
    );
    await place.write(
      'src/my.ts',
      `import { ${base} } from 'mcp-plugin-sdk';\nexport class Mine extends ${base} { ${BASES[type]} }\n`,
    );
    expect(await writeFirstTest(place.folder)).toBe('tests/my.test.ts');
    const text = await readFile(join(place.folder, 'tests/my.test.ts'), 'utf8');
    expect(text).toContain('"least": 3');
    const { tests, broken } = await place.run(text);
    expect(broken).toBeUndefined();
    expect(Object.values(tests)).toMatchObject([{ outcome: 'passed', failures: [] }]);
    await expect(writeFirstTest(place.folder)).rejects.toMatchObject({ code: 'tests/exists' });
  },
);

it('is not written where the manifest is wrong', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-first-test-'));
  try {
    await expect(writeFirstTest(folder)).rejects.toMatchObject({ code: 'plugins/invalid-manifest' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
