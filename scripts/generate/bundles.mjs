/**
 * What is bundled once and then only read: the SDK that plugins are built with, the runner of their processes, and the
 * thread of their databases.
 */
import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** @param file Where `mcp-plugin-sdk` goes, as an ES module without any import. */
export const bundleSdk = (root, file) =>
  build({
    entryPoints: [join(root, 'src-shared/sdk/index.ts')],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
  });

/** @param file Where `mcp-plugin-sdk/testing` goes, with the matchers' library in it, which sees no environment. */
export const bundleTesting = (root, file) =>
  build({
    entryPoints: [join(root, 'src-shared/sdk/testing/bundle.ts')],
    outfile: file,
    inject: [join(root, 'src-shared/sdk/testing/missing-globals.ts')],
    define: { process: '{"env":{"NO_COLOR":"1"}}', 'Error.captureStackTrace': 'keepStack' },
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
  });

/** @param file Where the runner goes: one file, since a plugin's process may read no other. */
export const bundleRunner = (root, file) =>
  build({
    entryPoints: [join(root, 'src-main/runners/javascript/main.ts')],
    outfile: file,
    alias: { '@shared': join(root, 'src-shared') },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node18.15',
    banner: { js: "'use strict';" },
    legalComments: 'none',
    logLevel: 'silent',
  });

/** @param file Where the thread goes; the WebAssembly module that it loads is put beside it. */
export async function bundleDatabaseWorker(root, file) {
  await build({
    entryPoints: [join(root, 'src-main/capabilities/database/database-worker.ts')],
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node18.15',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const module = createRequire(import.meta.url)
    .resolve('node-sqlite3-wasm')
    .replace(/\.js$/, '.wasm');
  await copyFile(module, join(dirname(file), 'node-sqlite3-wasm.wasm'));
}
