/** `studio serve`: the studio in a browser, until it is told to stop. */
import { createInterface } from 'node:readline';
import { studioPaths } from '../../services/studio-paths';
import { startServer } from '../server';
import { createCommandStudio } from './command-studio';
import { EXIT } from './exit-codes';
import { openBrowser } from './open-browser';
import type { Terminal } from './terminal';

export interface ServeOptions {
  readonly port?: number;
  readonly open?: boolean;
}

/** Settles when the command was stopped. Throws what opening a folder or the port throws. */
export async function serveCommand(
  folders: readonly string[],
  options: ServeOptions,
  mainFolder: string,
  terminal: Terminal,
): Promise<number> {
  const studio = await createCommandStudio(mainFolder, 'browser', terminal);
  try {
    for (const folder of folders) await studio.services.workspace.calls.openPlugin({ folder });
    const { rendererFolder } = studioPaths(mainFolder);
    const server = await startServer({
      studio,
      rendererFolder,
      ...(options.port === undefined ? {} : { port: options.port }),
    });
    try {
      await terminal.write(`${server.url}\n`);
      if (options.open) openBrowser(server.url, terminal);
      await untilStopped(terminal, server.newUrl);
    } finally {
      await server.close();
    }
  } finally {
    await studio.close();
  }
  return EXIT.done;
}

/** Each link works once, so Enter gives another. */
async function untilStopped(terminal: Terminal, newUrl: () => string): Promise<void> {
  const { stdin, stopped } = terminal;
  const lines = stdin.isTTY ? createInterface({ input: stdin }) : undefined;
  if (lines !== undefined) {
    terminal.say('Press Enter for another link, Ctrl+C to stop.');
    lines.on('line', () => void terminal.write(`${newUrl()}\n`));
  }
  if (!stopped.aborted) {
    await new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true }));
  }
  lines?.close();
}
