/**
 * The host of the desktop window, in a process of its own: a studio that is busy never makes the window's frame
 * stutter, and one that crashes leaves the window standing.
 */
import { homedir } from 'node:os';
import { messageOf } from '@shared/errors';
import { createStudio, type Studio } from '../services/create-studio';
import { dataFolder, studioPaths } from '../services/studio-paths';
import type { HostOrder, HostReport, HostStart } from './host-messages';
import { createMainMessagePort } from './message-port';

const log = (line: string) => void process.stderr.write(`${line}\n`);
const report = (message: HostReport) => process.parentPort.postMessage(message);

async function openFolder(studio: Studio, folder: string): Promise<void> {
  try {
    await studio.services.workspace.calls.openPlugin({ folder });
  } catch (error) {
    report({ kind: 'not-opened', message: messageOf(error) });
  }
}

async function run({ version, folders }: HostStart): Promise<void> {
  const { rendererFolder: _, ...paths } = studioPaths(__dirname);
  const studio = await createStudio({
    ...paths,
    dataFolder: dataFolder(process.env, homedir()),
    door: 'window',
    runtime: `Electron ${process.versions.electron}`,
    version,
    environment: process.env,
    log,
  });
  process.parentPort.on('message', ({ data, ports }) => {
    const order = data as HostOrder;
    if (order.kind === 'connect' && ports[0] !== undefined) studio.connect(createMainMessagePort(ports[0]));
    if (order.kind === 'open-folder') void openFolder(studio, order.folder);
    if (order.kind === 'close') void studio.close().finally(() => process.exit(0));
  });
  for (const folder of folders) await openFolder(studio, folder);
  report({ kind: 'ready' });
}

run(JSON.parse(process.argv[2] ?? '') as HostStart).catch((error: unknown) => {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  report({ kind: 'failed', message: messageOf(error) });
});
