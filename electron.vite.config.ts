/**
 * What is built from what. Host bundles are CommonJS that runs on Node 20 and on the Node 18 of Electron 25 alike;
 * everything is bundled into them except Electron itself and esbuild, which brings a binary of its own.
 */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { pluginRunner } from './scripts/plugin-runner';
import { windowResources } from './scripts/window-resources';

const at = (path: string) => resolve(__dirname, path);
const alias = { '@shared': at('src-shared') };

/** Hot reload needs a script in the page, which the window's policy forbids; the built window keeps its policy. */
const developmentPolicy: Plugin = {
  name: 'development-policy',
  apply: 'serve',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  },
};

export default defineConfig({
  main: {
    resolve: { alias },
    plugins: [pluginRunner(__dirname)],
    build: {
      target: 'node18.15',
      outDir: 'out/main',
      externalizeDeps: { include: ['esbuild'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          electron: at('src-main/shell-electron/main.ts'),
          host: at('src-main/shell-electron/host-process.ts'),
          cli: at('src-main/shell-headless/cli.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      target: 'node18.15',
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-main/shell-electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    // @rjsf/core imports this validator, which compiles schemas with eval; the window brings its own.
    resolve: { alias: { ...alias, '@rjsf/validator-ajv8': at('scripts/empty-module.cjs') } },
    plugins: [react(), developmentPolicy, windowResources(at('resources'))],
    worker: { format: 'es' },
    build: {
      target: 'chrome114',
      outDir: at('out/renderer'),
      // The window's policy takes no font from a data: address.
      assetsInlineLimit: 0,
      emptyOutDir: true,
      minify: true,
      // Monaco comes in one piece, from this machine.
      chunkSizeWarningLimit: 8000,
      // How long each plugin took on a busy machine is no warning.
      rolldownOptions: { checks: { bundlerTimings: false }, input: { index: at('src-renderer/index.html') } },
    },
  },
});
