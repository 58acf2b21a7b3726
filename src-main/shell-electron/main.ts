/**
 * The desktop window's main process: one studio, one window, one host process beside them. It shows and passes on;
 * what the studio knows lives in the host.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, safeStorage } from 'electron';
import { unusable } from '../services/data-folder';
import { dataFolder, studioPaths } from '../services/studio-paths';
import { foldersOfArguments, registryFileOfArguments } from './folder-arguments';
import { createHostLink, type HostLink } from './host-link';
import { denyPermissions, openStudioWindow } from './studio-window';
import { answerCipherRequest, encryptionOf } from './system-cipher';
import { answerWindowRequests } from './window-requests';
import { declareWindowScheme, serveWindowScheme, WINDOW_URL } from './window-scheme';

const data = dataFolder(process.env, homedir());
const applicationFolder = app.isPackaged ? undefined : app.getAppPath();
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const windowUrl = developmentUrl === undefined ? WINDOW_URL : new URL(developmentUrl).href;

async function askToRestart(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: "The studio's host keeps stopping.",
    detail: 'It stopped four times within a minute. What it wrote to the terminal says why.',
    buttons: ['Start it again', 'Quit'],
    cancelId: 1,
  });
  if (response === 1) app.quit();
  return response === 0;
}

function fail(message: string): void {
  dialog.showErrorBox('The studio cannot start', message);
  app.quit();
}

/** Before there is anything to close. */
function refuseToStart(message: string): never {
  // So early it is a line on the standard error on Linux, and a box elsewhere.
  dialog.showErrorBox('The studio cannot start', message);
  process.exit(2);
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** The host stops its plugins before the application is gone. */
function closeBeforeQuit(host: HostLink, settled: () => Promise<void>): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void Promise.all([host.close(), settled()]).then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

async function open(): Promise<void> {
  await app.whenReady();
  serveWindowScheme(studioPaths(__dirname).rendererFolder);
  denyPermissions();
  const host = createHostLink({
    version: app.getVersion(),
    folders: foldersOfArguments(process.argv, process.cwd(), applicationFolder),
    registryFile: registryFileOfArguments(process.argv, process.cwd()),
    encryption: () => encryptionOf(safeStorage, process.platform),
    answerCipher: (request) => answerCipherRequest(safeStorage, request),
    onNotOpened: (message) => void dialog.showMessageBox({ type: 'warning', message }),
    onFailed: fail,
    askToRestart,
  });
  let window: BrowserWindow | undefined;
  let settled = async () => {};
  closeBeforeQuit(host, () => settled());
  // Before the window is there, which takes its time: it comes to the front of its own then.
  app.on('second-instance', (_event, argv, workingDirectory) => {
    if (window !== undefined) bringToFront(window);
    for (const folder of foldersOfArguments(argv, workingDirectory, applicationFolder)) host.openFolder(folder);
  });
  answerWindowRequests(host, windowUrl);
  const opened = await openStudioWindow({ url: windowUrl, boundsFile: join(data, 'window.json') });
  ({ window, settled } = opened);
  await opened.loaded;
}

// One studio for each data folder: the lock lies in it, and so does what Chromium keeps.
const chromiumFolder = join(data, 'chromium');
try {
  mkdirSync(chromiumFolder, { recursive: true });
  accessSync(chromiumFolder, constants.W_OK);
} catch (error) {
  // Chromium alone would end with a line in its own language.
  refuseToStart(unusable(data, error).message);
}
app.setPath('userData', chromiumFolder);
// The window draws its own menu; without the system's one a Mac would have no clipboard keys.
if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
declareWindowScheme();
app.on('window-all-closed', () => app.quit());
// In development the next one starts while the last one is still closing.
if (developmentUrl !== undefined || app.requestSingleInstanceLock()) {
  open().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
} else {
  process.stderr.write('The studio is open already; its window was brought to the front.\n');
  app.quit();
}
