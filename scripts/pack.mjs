/**
 * `npm run pack -- [<option of electron-builder> ...]`: the studio as an application, unpacked in dist/ where nothing
 * else is asked for. The Electron that ELECTRON_OVERRIDE_DIST_PATH names is put in, else the official one is fetched.
 */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');
const { buildWhenStale } = await import('./launch/build.mjs');
const { createRequire } = await import('node:module');
const { runCommand } = await import('./launch/run-command.mjs');
const { runtimeSources } = await import('./launch/runtime-sources.mjs');
const { pickOverride } = await import('./launch/pick-runtime.mjs');

await runScript(async (words) => {
  await installWhenStale(console.error);
  await buildWhenStale(console.error);
  const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
  const targets = words.length === 0 ? ['--dir'] : words;
  const { code } = await runCommand(process.execPath, [builder, ...targets, ...(await overrideOptions())]);
  return code;
});

async function overrideOptions() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!dist) return [];
  const { electron } = await pickOverride(dist, runtimeSources());
  return [`--config.electronDist=${electron.dist}`, `--config.electronVersion=${electron.version}`];
}
