/** Each rule is broken once, in a tree of its own, and must be the only one that is reported. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { PROJECT } from '../launch/project.mjs';
import { cruiseLayers } from './cruise-layers.mjs';

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

const imports = (...paths) => paths.map((path, index) => `import * as a${index} from '${path}';\n`).join('');
const ELECTRON = { 'node_modules/electron/package.json': '{"main":"index.js"}', 'node_modules/electron/index.js': '' };

/** The files that break a rule; a file that is imported and not listed is made, empty. */
const breach = (from, to, more = {}) => {
  const target = to.startsWith('.') ? join(dirname(from), to) : to.replace('@shared/', 'src-shared/');
  return { [from]: imports(to), [`${target}.ts`]: 'export const b = 1;\n', ...more };
};

const BREACHES = {
  'src-shared-schemas-errors-use-nothing-above': breach('src-shared/schemas/a.ts', '../rpc/b'),
  'src-shared-rpc-use-nothing-above': breach('src-shared/rpc/a.ts', '@shared/contracts/b'),
  'src-main-files-bus-timing-window-files-use-nothing-above': breach('src-main/bus/a.ts', '../event-store/b'),
  'src-main-event-store-config-manifest-capabilities-use-nothing-above': breach('src-main/config/a.ts', '../runtime/b'),
  'src-main-runtime-use-nothing-above': breach('src-main/runtime/a.ts', '../build/b'),
  'src-main-build-debug-plugin-tests-runs-registry-packaging-use-nothing-above': breach(
    'src-main/runs/a.ts',
    '../services/b',
  ),
  'src-main-services-use-nothing-above': breach('src-main/services/a.ts', '../shell-headless/b'),
  'src-renderer-ui-editor-client-use-nothing-above': breach('src-renderer/editor/a.tsx', '../stores/b'),
  'src-renderer-stores-use-nothing-above': breach('src-renderer/stores/a.ts', '../panels/run/b'),
  'src-renderer-panels-use-nothing-above': breach('src-renderer/panels/run/a.ts', '../../app/b'),
  'no-cycles': {
    'src-main/bus/a.ts': "export { b as a } from './b';\n",
    'src-main/bus/b.ts': "export { a as b } from './a';\n",
  },
  'shared-stands-alone': breach('src-shared/contracts/a.ts', '../../src-main/bus/b'),
  'window-and-host-meet-in-shared': breach('src-renderer/app/a.ts', '../../src-main/bus/b'),
  'no-node-outside-the-host': { 'src-renderer/app/a.ts': imports('node:fs') },
  'only-the-desktop-shell-knows-electron': { 'src-main/services/a.ts': imports('electron'), ...ELECTRON },
  'runners-use-only-shared': breach('src-main/runners/javascript/a.ts', '../../bus/b'),
  'nothing-uses-a-runner': breach('src-main/runtime/a.ts', '../runners/javascript/b'),
  'shells-stand-apart': breach('src-main/shell-electron/a.ts', '../shell-headless/b'),
  'panels-stand-apart': breach('src-renderer/panels/run/a.ts', '../events/b'),
  'ui-knows-no-studio': breach('src-renderer/ui/a.ts', '@shared/contracts/b'),
  'only-the-ports-know-the-door': breach('src-renderer/stores/a.ts', '@shared/window-shell'),
  'ports-are-asked-for-at-their-door': breach('src-renderer/stores/a.ts', '../client/ports/b'),
  'no-test-in-the-product': breach('src-main/bus/a.ts', './b.test'),
  'no-missing-module': { 'src-main/bus/a.ts': imports('./gone') },
};

const roots = [];
async function plant(files) {
  const root = await mkdtemp(join(tmpdir(), 'layers-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true });
});

test('every rule has a breach that shows that it is held', () => {
  expect(Object.keys(BREACHES).sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

describe('a breach of', () => {
  test.each(Object.entries(BREACHES))('%s is reported, and nothing else', async (rule, files) => {
    const { violations } = await cruiseLayers(await plant(files));
    expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]));
  });
});

test('types are dependencies too', async () => {
  const files = {
    'src-main/bus/a.ts': "import type { B } from '../services/b';\nexport type A = B;\n",
    'src-main/services/b.ts': 'export type B = 1;\n',
  };
  const { violations } = await cruiseLayers(await plant(files));
  expect(violations).toEqual([expect.objectContaining({ from: 'src-main/bus/a.ts', to: 'src-main/services/b.ts' })]);
});

test('what the direction allows is not reported', async () => {
  const files = {
    'src-shared/schemas/s.ts': 'export const s = 1;\n',
    'src-shared/contracts/c.ts': imports('../schemas/s'),
    'src-main/bus/b.ts': imports('@shared/schemas/s', 'node:fs'),
    'src-main/services/d.ts': imports('../bus/b', '@shared/contracts/c'),
    'src-main/shell-electron/e.ts': imports('../services/d', 'electron'),
    'src-renderer/ui/u.tsx': 'export const u = () => <p>text</p>;\n',
    'src-renderer/panels/run/p.ts': imports('../../ui/u', './q'),
    'src-renderer/panels/run/q.ts': '',
    'src-renderer/app/main.ts': imports('../panels/run/p', '@shared/contracts/c'),
    ...ELECTRON,
  };
  const { modules, violations } = await cruiseLayers(await plant(files));
  expect(violations).toEqual([]);
  expect(modules).toBeGreaterThanOrEqual(9);
});

test('a tree in which no module is found is an error, not a pass', async () => {
  await expect(cruiseLayers(await plant({ 'src-main/notes.txt': '' }))).rejects.toThrow('read no module');
});

test('the project itself is read whole', async () => {
  const { modules } = await cruiseLayers(PROJECT);
  expect(modules).toBeGreaterThan(100);
});
