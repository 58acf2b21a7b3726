/** `studio serve`: the studio in a browser, until it is told to stop. */
import { createInterface } from 'node:readline';
import type { PluginSummary } from '@shared/contracts';
import { openControlDoor } from '../../services/control/control-door';
import type { Studio } from '../../services/create-studio';
import { studioPaths } from '../../services/studio-paths';
import type { UnexpectedErrors } from '../../services/unexpected-errors';
import { metricsPage } from '../metrics-page';
import { openMetricsToken } from '../metrics-token';
import { startServer } from '../server';
import { createCommandStudio } from './command-studio';
import { EXIT } from './exit-codes';
import { openBrowser } from './open-browser';
import type { Terminal } from './terminal';

export interface ServeOptions {
  readonly port?: number;
  readonly open?: boolean;
  readonly registryConfig?: string;
}

/** Settles when the command was stopped. Throws what opening a folder or the port throws, and what must end it. */
export async function serveCommand(
  folders: readonly string[],
  options: ServeOptions,
  mainFolder: string,
  terminal: Terminal,
  unexpected: UnexpectedErrors,
): Promise<number> {
  const studio = await createCommandStudio(mainFolder, 'browser', terminal, { registryConfig: options.registryConfig });
  const { failed, release } = followUnexpected(studio, unexpected);
  const closers = [studio.close];
  try {
    const opened: PluginSummary[] = [];
    for (const folder of folders) opened.push(await studio.services.workspace.calls.openPlugin({ folder }));
    if (opened[0] !== undefined) await putInFront(studio, opened[0]);
    const { rendererFolder } = studioPaths(mainFolder);
    const { dataFolder, version } = studio.info;
    const control = await openControlDoor({ studio, dataFolder, door: 'browser', version, onError: studio.report });
    closers.push(control.close);
    const server = await startServer({
      studio,
      rendererFolder,
      metrics: {
        read: () => metricsPage(studio.engine.plugins.sessions()),
        token: await openMetricsToken(dataFolder),
      },
      ...(options.port === undefined ? {} : { port: options.port }),
    });
    closers.push(server.close);
    await terminal.write(`${server.url}\n`);
    if (options.open) openBrowser(server.url, terminal);
    await Promise.race([untilStopped(terminal, server.newUrl), failed]);
  } finally {
    for (const close of closers.reverse()) await close().catch(studio.report);
    release();
  }
  return EXIT.done;
}

/** The window comes back as it was left, but with the plugin that was named now. */
async function putInFront({ services }: Studio, { folder }: PluginSummary): Promise<void> {
  const { layout } = await services.studio.calls.readSettings({});
  if (typeof layout !== 'object' || layout === null) return;
  await services.studio.calls.writeSettings({ layout: { ...layout, activeFolder: folder } });
}

/** The windows are told first, whether the command goes on or ends. */
function followUnexpected(studio: Studio, unexpected: UnexpectedErrors) {
  let end: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    end = reject;
  });
  // It may fail before anybody waits for that.
  failed.catch(() => undefined);
  const release = unexpected.take(({ error, isFatal }) => {
    studio.report(error);
    if (isFatal) end(error);
  });
  return { failed, release };
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
