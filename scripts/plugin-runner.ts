/**
 * Puts the runner of plugin processes, and the thread of their databases, beside the host. They are bundled apart from
 * the host's own entries: those share chunks, and a plugin's process may read no file but its runner.
 */
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundleDatabaseWorker, bundleRunner } from './generate/bundles.mjs';

export function pluginRunner(root: string): Plugin {
  return {
    name: 'plugin-runner',
    apply: 'build',
    async writeBundle() {
      await bundleRunner(root, join(root, 'out/main/runner-javascript.js'));
      await bundleDatabaseWorker(root, join(root, 'out/main/database-worker.js'));
    },
  };
}
