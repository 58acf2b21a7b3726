/** Opens a link in the person's browser, where there is one. Who has none still sees the link in the terminal. */
import { spawn } from 'node:child_process';
import { hasDisplay } from './runtime-sources.mjs';

/** @returns {readonly string[] | undefined} the command, or undefined where no browser could be seen. */
export function browserCommand(url, environment = process.env, platform = process.platform) {
  if (!hasDisplay(environment, platform)) return undefined;
  if (platform === 'darwin') return ['open', url];
  // `start` is a word of the shell, which would take an & for its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

export function openInBrowser(url) {
  const [command, ...args] = browserCommand(url) ?? [];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.once('error', () => console.error('There is no default browser to open; use the link above.'));
  child.unref();
}
