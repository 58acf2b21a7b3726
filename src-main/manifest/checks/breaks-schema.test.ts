import { ManifestSchema } from '@shared/schemas';
import { expect, test } from 'vitest';
import { compileJsonSchema } from '../../config';
import type { ManifestSubject } from '../check';
import { checkManifest } from '../check-manifest';
import { GOOD_MANIFEST, GOOD_SOURCES, pluginFolder, testCheck } from '../plugin-folder.fixture';
import { breaksSchema } from './breaks-schema';

const folder = pluginFolder();

testCheck(breaksSchema, {
  'says nothing where a check of its own does': {
    manifest: { name: 'A', version: '', entry_point: 'x', priority: 'x', tags: {} },
  },
});

test('a rule of the schema that no other check knows is told by this one', () => {
  const schema = compileJsonSchema({ properties: { tags: { maxItems: 1 } } });
  const violations = schema.ok ? schema.check({ tags: ['a', 'b'] }) : [];
  const found = breaksSchema.find({ violations } as unknown as ManifestSubject);
  expect(found).toEqual([{ message: '"tags" must NOT have more than 1 items.', pointer: '/tags' }]);
});

test.each([
  {},
  { name: 5, version: [], plugin_type: null, entry_point: {} },
  { name: 'A', version: '', plugin_type: 'x', entry_point: 'x' },
  { capabilities: { event_types: [1], cpu_intensive: 1, required_permissions: 'x' }, tags: [{}], priority: 1000 },
  { config_schema: 1, default_config: [], enabled: 'x', dependencies: {}, source_url: 5, license: 3, email: false },
])('every violation of the contract in %j is told exactly once', async (changes) => {
  const manifest = { ...GOOD_MANIFEST, ...changes };
  const contract = compileJsonSchema({ ...ManifestSchema });
  const violated = contract.ok ? contract.check(manifest).map(({ pointer }) => pointer) : ['no contract'];
  await folder.write(GOOD_SOURCES);
  const { diagnostics } = await checkManifest(folder.path, JSON.stringify(manifest));
  const told = diagnostics.filter(({ severity }) => severity === 'error').map(({ pointer }) => pointer);
  expect(told.sort()).toEqual(violated.sort());
});
