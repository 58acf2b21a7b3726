/** The options of `npm start`. They are judged before anything is installed, built or opened. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './run-script.mjs';

export const START_USAGE = `npm start -- [options] [<plugin folder> ...]

  --browser          open the studio in the browser, not in a window of its own
  --port N           the port to serve the browser on; without it any free one
  --registry-config F
                     limits and allowed permissions of a registry, as YAML or JSON; without it registry.yaml in the
                     studio's data folder
  --retry-electron   try again to fetch the official Electron, though it failed within the last day
  --help             show this`;

/**
 * @returns {{ browser: boolean, port?: number, registryConfig?: string, retryElectron: boolean, help: boolean,
 *   folders: string[] }}
 */
export function parseStartOptions(words) {
  const options = { browser: false, retryElectron: false, help: false, folders: [] };
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--browser') options.browser = true;
    else if (word === '--retry-electron') options.retryElectron = true;
    else if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--port') options.port = parsePort(rest.shift());
    else if (word === '--registry-config') options.registryConfig = namedFile(rest.shift());
    else if (word.startsWith('--registry-config='))
      options.registryConfig = namedFile(word.slice('--registry-config='.length));
    else if (word.startsWith('--port=')) options.port = parsePort(word.slice('--port='.length));
    else if (word.startsWith('-'))
      throw new UsageError(`npm start has no option ${word}; npm start -- --help shows those that there are.`);
    else options.folders.push(word);
  }
  return options;
}

function parsePort(text) {
  const port = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port wants a number from 0 to 65535, such as --port 4100; not ${text ?? 'nothing'}.`);
  return port;
}

/** Absolute, as npm changes to the project's folder. */
function namedFile(text, from = process.env.INIT_CWD ?? process.cwd()) {
  if (text === undefined || text === '' || text.startsWith('-'))
    throw new UsageError('--registry-config wants a file, such as --registry-config registry.yaml.');
  const path = resolve(from, text);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${path} is not a file. Name the registry configuration, as YAML or JSON.`);
  return path;
}

/** For the studio itself: one word, since every word without a dash is a plugin folder to it. */
export const registryWords = ({ registryConfig }) =>
  registryConfig === undefined ? [] : [`--registry-config=${registryConfig}`];

/** @returns {string[]} absolute, as npm changes to the project's folder. @throws {UsageError} where one is no folder. */
export function resolveFolders(folders, from = process.env.INIT_CWD ?? process.cwd()) {
  return folders.map((folder) => {
    const path = resolve(from, folder);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`${path} is not a folder. Name the folder that holds the plugin's plugin.json.`);
    return path;
  });
}
