/** `npm start`: installs and builds what is missing or stale, picks the runtime, and opens the studio on it. */
import { buildWhenStale } from './build.mjs';
import { installWhenStale } from './install.mjs';
import { describeRuntime, pickRuntime } from './pick-runtime.mjs';
import { inProject, PROJECT } from './project.mjs';
import { runInForeground } from './run-in-foreground.mjs';
import { electronArguments, hasDisplay, machineFacts, runtimeSources } from './runtime-sources.mjs';
import { parseStartOptions, registryWords, resolveFolders, START_USAGE } from './start-options.mjs';

const say = (line) => console.error(line);
const MISSING_LIBRARY = 127;

/** @returns {Promise<number>} the exit code. */
export async function start(words) {
  const options = parseStartOptions(words);
  if (options.help) {
    console.log(START_USAGE);
    return 0;
  }
  const folders = resolveFolders(options.folders);
  await installWhenStale(say);
  await buildWhenStale(say);
  const runtime = await pickRuntime(
    { ...options, hasDisplay: hasDisplay(), overrideDist: process.env.ELECTRON_OVERRIDE_DIST_PATH },
    runtimeSources(options),
  );
  say(describeRuntime(runtime));
  if (runtime.kind === 'electron') {
    const code = await openWindow(runtime.electron, options, folders);
    if (code !== MISSING_LIBRARY) return code;
    say('Electron lacks a library of the system; see above. On Debian and Ubuntu `npm test` as root installs them.');
    say(describeRuntime({ kind: 'browser', why: 'Electron could not be started' }));
  }
  return serveBrowser(options, folders);
}

async function openWindow(electron, options, folders) {
  const args = [...electronArguments(await machineFacts()), ...registryWords(options), PROJECT, ...folders];
  return runInForeground(electron.executable, args);
}

function serveBrowser({ port, registryConfig }, folders) {
  const args = ['serve', ...serveOptions({ port, registryConfig, hasDisplay: hasDisplay() }), ...folders];
  return runInForeground(process.execPath, [inProject('out', 'main', 'cli.js'), ...args]);
}

/** A browser is opened only where it can be seen; the link is printed in any case. */
export const serveOptions = ({ port, registryConfig, hasDisplay }) => [
  ...(port === undefined ? [] : ['--port', String(port)]),
  ...registryWords({ registryConfig }),
  ...(hasDisplay ? ['--open'] : []),
];
