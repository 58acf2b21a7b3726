/**
 * Puts the runner of plugin processes beside the host. It is bundled apart from the host's own entries: those share
 * chunks, and a plugin's process may read no file but its runner.
 */
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundleRunner } from './generate/bundles.mjs';

export function pluginRunner(root: string): Plugin {
  return {
    name: 'plugin-runner',
    apply: 'build',
    async writeBundle() {
      await bundleRunner(root, join(root, 'out/main/runner-javascript.js'));
    },
  };
}
