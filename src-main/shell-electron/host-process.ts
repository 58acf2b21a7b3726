/**
 * The host of the desktop window, in a process of its own: a studio that is busy never makes the window's frame
 * stutter, and one that crashes leaves the window standing.
 */
import { homedir } from 'node:os';
import { messageOf } from '@shared/errors';
import type { MessagePortMain } from 'electron';
import { openControlDoor } from '../services/control/control-door';
import { createStudio, type Studio } from '../services/create-studio';
import { dataFolder, studioPaths } from '../services/studio-paths';
import { listenForUnexpected } from '../services/unexpected-errors';
import { createHostCipher } from './host-cipher';
import type { HostOrder, HostReport, HostStart } from './host-messages';
import { createMainMessagePort } from './message-port';

const CLOSE_WITHIN_MS = 5000;

const log = (line: string) => void process.stderr.write(`${line}\n`);
let running: Studio | undefined;
let isEnding = false;
const report = (message: HostReport) => process.parentPort.postMessage(message);
const cipher = createHostCipher(report);

async function openFolder(studio: Studio, folder: string): Promise<void> {
  try {
    await studio.services.workspace.calls.openPlugin({ folder });
  } catch (error) {
    report({ kind: 'not-opened', message: messageOf(error) });
  }
}

async function start({ version, folders, registryFile, encryption }: HostStart): Promise<Studio> {
  const { rendererFolder: _, ...paths } = studioPaths(__dirname);
  const studio = await createStudio({
    ...paths,
    dataFolder: dataFolder(process.env, homedir()),
    door: 'window',
    runtime: `Electron ${process.versions.electron}`,
    version,
    environment: process.env,
    secretProtection: encryption.isAvailable ? { cipher } : { why: encryption.why },
    log,
    registryFile,
  });
  const { dataFolder: data } = studio.info;
  const control = await openControlDoor({ studio, dataFolder: data, door: 'window', version, onError: studio.report });
  for (const folder of folders) await openFolder(studio, folder);
  report({ kind: 'ready' });
  const close = () => control.close().then(studio.close);
  return { ...studio, close };
}

async function obey(order: HostOrder, port: MessagePortMain | undefined, studio: Studio): Promise<void> {
  // A window that loses this host while it ends waits for the next one.
  if (order.kind === 'connect' && port !== undefined && !isEnding) studio.connect(createMainMessagePort(port));
  if (order.kind === 'open-folder') await openFolder(studio, order.folder);
  if (order.kind === 'close') await studio.close().finally(() => process.exit(0));
}

const logError = (error: unknown) => log(error instanceof Error ? (error.stack ?? error.message) : String(error));

function fail(error: unknown): void {
  logError(error);
  report({ kind: 'failed', message: messageOf(error) });
}

/** The windows have been told; main process starts another host. Plugins end with this one. */
function end(studio: Studio): void {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS);
  void studio.close().then(
    () => process.exit(1),
    (error: unknown) => {
      logError(error);
      process.exit(1);
    },
  );
}

listenForUnexpected(process, ({ error, isFatal }) => {
  if (running === undefined) return isFatal ? fail(error) : logError(error);
  running.report(error);
  if (isFatal) end(running);
});
const starting = start(JSON.parse(process.argv[2] ?? '') as HostStart);
// An order waits for the start; where that fails, there is nothing left to close.
process.parentPort.on('message', ({ data, ports: [port] }) => {
  const order = data as HostOrder;
  // The start itself waits for these.
  if (order.kind === 'cipher') return cipher.hear(order);
  starting.then(
    (studio) => obey(order, port, studio),
    () => order.kind === 'close' && process.exit(1),
  );
});
starting.then((studio) => {
  running = studio;
}, fail);
