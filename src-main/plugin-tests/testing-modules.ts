/**
 * Gives a file of tests `mcp-plugin-sdk/testing`, and lets a test take the clock and the network into its hands: every
 * free `setTimeout`, `Date`, `fetch` and so on of the plugin and its tests becomes one that a test can replace.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { SDK } from '../build/import-guard';

export const TESTING = `${SDK}/testing`;
const GLOBALS = `${SDK}/testing-globals`;
const NAMES = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date', 'fetch'];

/** What the entry of a file exports: what a runner takes for the plugin's class. */
export const CLASS_NAME = 'TestFile';

/** What an entry point of esbuild begins with, before the path of the file of tests. */
export const TEST_ENTRY = 'test-entry:';

/** Makes an entry of each file of tests: the file, and what runs its tests. @param folder The plugin's. */
export function testEntries(folder: string): Plugin {
  return {
    name: 'test-entries',
    setup(build) {
      build.onResolve({ filter: /^test-entry:/ }, ({ path, kind }) =>
        kind === 'entry-point' ? { path: path.slice(TEST_ENTRY.length), namespace: 'test-entry' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'test-entry' }, ({ path }) => ({
        contents: `import ${JSON.stringify(`./${path}`)};\nexport { ${CLASS_NAME} } from '${TESTING}';`,
        loader: 'js',
        resolveDir: folder,
      }));
    },
  };
}

/** What esbuild is told to inject. */
export const INJECTED = [GLOBALS];

/** @param sdkFile The SDK's bundle; that of the testing module lies beside it. */
export function testingModules(sdkFile: string): Plugin {
  const testingFile = join(dirname(sdkFile), 'mcp-plugin-sdk-testing.mjs');
  return {
    name: 'testing-modules',
    setup(build) {
      build.onResolve({ filter: /^mcp-plugin-sdk\/testing(-globals)?$/ }, ({ path }) => ({
        path,
        namespace: 'sdk',
        sideEffects: false,
      }));
      build.onLoad({ filter: /^mcp-plugin-sdk\/testing$/, namespace: 'sdk' }, async () => ({
        contents: await readFile(testingFile),
        loader: 'js',
      }));
      build.onLoad({ filter: /^mcp-plugin-sdk\/testing-globals$/, namespace: 'sdk' }, () => ({
        contents: `export { ${NAMES.join(', ')} } from '${TESTING}';`,
        loader: 'js',
      }));
    },
  };
}
