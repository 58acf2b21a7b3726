/** The options of `npm start`. */

export const START_USAGE = `npm start -- [options] [<plugin folder> ...]

  --browser          open the studio in the browser, not in a window of its own
  --port N           the port to serve the browser on; without it any free one
  --retry-electron   try again to fetch the official Electron, though it failed within the last day
  --help             show this`;

/** @returns {{ browser: boolean, port?: number, retryElectron: boolean, help: boolean, folders: string[] }} */
export function parseStartOptions(words) {
  const options = { browser: false, retryElectron: false, help: false, folders: [] };
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--browser') options.browser = true;
    else if (word === '--retry-electron') options.retryElectron = true;
    else if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--port') options.port = parsePort(rest.shift());
    else if (word.startsWith('--port=')) options.port = parsePort(word.slice('--port='.length));
    else if (word.startsWith('-')) throw new Error(`npm start has no option ${word}.\n\n${START_USAGE}`);
    else options.folders.push(word);
  }
  return options;
}

function parsePort(text) {
  const port = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || port > 65_535)
    throw new Error(`--port wants a number from 0 to 65535, such as --port 4100; not ${text ?? 'nothing'}.`);
  return port;
}
