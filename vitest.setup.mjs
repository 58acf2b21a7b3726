/** Before any test: the bundles that tests of real plugins and their processes read, as the build makes them. */
import { resolve } from 'node:path';
import { bundleDatabaseWorker, bundleRunner, bundleSdk, bundleTesting } from './scripts/generate/bundles.mjs';

export async function setup() {
  const root = import.meta.dirname;
  await Promise.all([
    bundleSdk(root, resolve(root, 'out/test/mcp-plugin-sdk.mjs')),
    bundleTesting(root, resolve(root, 'out/test/mcp-plugin-sdk-testing.mjs')),
    bundleRunner(root, resolve(root, 'out/test/runner-javascript.js')),
    bundleDatabaseWorker(root, resolve(root, 'out/test/database-worker.js')),
  ]);
}
