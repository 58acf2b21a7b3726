/** `npm run bench -- [<bench> ...]`: bundles bench/ and runs it; what it measures is its own matter. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');
const { buildWhenStale } = await import('./launch/build.mjs');
const { inProject } = await import('./launch/project.mjs');
const { runCommand } = await import('./launch/run-command.mjs');

await runScript(async (words) => {
  await installWhenStale(console.error);
  await buildWhenStale(console.error);
  const { build } = await import('esbuild');
  const outfile = inProject('out', 'bench', 'index.mjs');
  await build({
    entryPoints: [inProject('bench', 'index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Some packages have a module beside a file that a bundler cannot follow.
    mainFields: ['module', 'main'],
    sourcemap: true,
    external: ['esbuild', '@playwright/test'],
    alias: { '@shared': inProject('src-shared') },
    // Some packages are CommonJS and call require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  const { prepareDoors } = await import('./end-to-end/prepare-doors.mjs');
  const doors = await prepareDoors();
  try {
    const env = { ...process.env, ...doors.environment };
    const { code } = await runCommand(process.execPath, ['--enable-source-maps', '--expose-gc', outfile, ...words], {
      env,
    });
    return code;
  } finally {
    await doors.close();
  }
});
