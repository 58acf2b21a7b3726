/** `npm run dev -- [--browser] [--port N] [--registry-config F] [<plugin folder> ...]`: the studio, following each change of its sources. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');

await runScript(async (given) => {
  const { parseStartOptions, registryWords, resolveFolders } = await import('./launch/start-options.mjs');
  const { describeRuntime, pickRuntime } = await import('./launch/pick-runtime.mjs');
  const { hasDisplay, runtimeSources } = await import('./launch/runtime-sources.mjs');
  const options = parseStartOptions(given);
  const words = [...registryWords(options), ...resolveFolders(options.folders)];
  await installWhenStale(console.error);
  const { generate } = await import('./generate.mjs');
  await generate();
  const runtime = await pickRuntime(
    { ...options, hasDisplay: hasDisplay(), overrideDist: process.env.ELECTRON_OVERRIDE_DIST_PATH },
    runtimeSources(options),
  );
  console.error(describeRuntime(runtime));
  if (runtime.kind === 'electron') {
    const { developInWindow } = await import('./develop/in-window.mjs');
    return developInWindow(runtime.electron, words);
  }
  const { developInBrowser } = await import('./develop/in-browser.mjs');
  return developInBrowser({ port: options.port, folders: words });
});
