/** Before any test: the two bundles that tests of real plugins and their processes read, as the build makes them. */
import { resolve } from 'node:path';
import { bundleRunner, bundleSdk } from './scripts/generate/bundles.mjs';

export async function setup() {
  const root = import.meta.dirname;
  await Promise.all([
    bundleSdk(root, resolve(root, 'out/test/mcp-plugin-sdk.mjs')),
    bundleRunner(root, resolve(root, 'out/test/runner-javascript.js')),
  ]);
}
