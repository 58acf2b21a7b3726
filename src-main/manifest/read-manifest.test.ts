import { ManifestSchema } from '@shared/schemas';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { GOOD_SOURCES, manifestWith, pluginFolder } from './plugin-folder.fixture';
import { readManifest } from './read-manifest';

const folder = pluginFolder();

test('completes a manifest with the defaults of the contract and keeps what the contract does not name', async () => {
  await folder.write({ ...GOOD_SOURCES, 'plugin.json': manifestWith({ 'x-team': 'red' }) });
  const { manifest, entry, report } = await readManifest(folder.path);
  expect(Value.Check(ManifestSchema, manifest)).toBe(true);
  expect(manifest).toMatchObject({
    name: 'static-analyzer',
    license: 'MIT',
    priority: 50,
    enabled: true,
    default_config: {},
    capabilities: { network_access: false, required_permissions: [] },
    'x-team': 'red',
  });
  expect(entry.file).toBe('src/analyzer.ts');
  expect(report.diagnostics.map(({ code }) => code)).toEqual(['manifest/unknown-field']);
  expect(report.document).not.toHaveProperty('priority');
});

test('refuses a manifest with errors, says the first with its line, and hands over all', async () => {
  await folder.write({ ...GOOD_SOURCES, 'plugin.json': manifestWith({ version: '1.2', plugin_type: 'x', colour: 1 }) });
  await expect(readManifest(folder.path)).rejects.toMatchObject({
    code: 'plugins/invalid-manifest',
    message: expect.stringMatching(/^plugin\.json has 2 errors, first in line 3: "1\.2" is no SemVer version/),
    data: { folder: folder.path, diagnostics: [{}, {}, { code: 'manifest/unknown-field' }] },
  });
});

test('refuses a folder without plugin.json', async () => {
  await folder.write({ 'other.txt': '' });
  await expect(readManifest(folder.path)).rejects.toMatchObject({
    code: 'plugins/invalid-manifest',
    message: expect.stringMatching(/no plugin\.json\. Create one/),
  });
});

test('a manifest with nothing but its four fields, and a bare list of warnings, can be read', async () => {
  await folder.write({ ...GOOD_SOURCES, 'plugin.json': manifestWith({ license: 'mit', tags: ['a', 'a'] }) });
  const { report } = await readManifest(folder.path);
  expect(report.diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
});
