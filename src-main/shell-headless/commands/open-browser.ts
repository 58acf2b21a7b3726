/** Opens a link in the person's default browser. Where that cannot be done it says so: the link is printed anyway. */
import { spawn } from 'node:child_process';
import type { Terminal } from './terminal';

export function openBrowser(url: string, terminal: Terminal): void {
  const [program, ...args] = openerFor(process.platform);
  const opener = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  const sayItself = () => terminal.say('No browser could be opened. Open the link above yourself.');
  opener.once('error', sayItself);
  opener.once('exit', (code) => {
    if (code !== 0) sayItself();
  });
  opener.unref();
}

function openerFor(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
