/**
 * The one window. Its page gets no Node, no other page, no new window and no permission but to write to the
 * clipboard; a link to the web opens in the person's own browser.
 */
import { join } from 'node:path';
import { messageOf, StudioError } from '@shared/errors';
import { BrowserWindow, dialog, nativeTheme, screen, session, shell } from 'electron';
import { DEFAULT_SIZE, placeWindow, readBounds, SMALLEST_SIZE, writeBounds } from './window-bounds';

export interface StudioWindowOptions {
  /** The built window, or the development server's. */
  readonly url: string;
  readonly boundsFile: string;
}

/** Once, before the first window. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_page, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.defaultSession.setPermissionCheckHandler((_page, permission) => permission === 'clipboard-sanitized-write');
}

export interface StudioWindow {
  readonly window: BrowserWindow;
  /** Rejects with studio/no-window. */
  readonly loaded: Promise<void>;
  /** Resolves once what is remembered of a closed window is written. */
  settled(): Promise<void>;
}

export async function openStudioWindow({ url, boundsFile }: StudioWindowOptions): Promise<StudioWindow> {
  const saved = await readBounds(boundsFile);
  const place = placeWindow(
    saved,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...place,
    minWidth: SMALLEST_SIZE.width,
    minHeight: SMALLEST_SIZE.height,
    show: false,
    title: 'MCP Plugin Studio',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1c20' : '#ffffff',
    webPreferences: {
      preload: join(__dirname, '..', 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  const settled = rememberBounds(window, boundsFile);
  confine(window, url);
  const loaded = window.loadURL(url).catch((cause: unknown) => {
    throw new StudioError(
      'studio/no-window',
      `The window's page ${url} cannot be shown: ${messageOf(cause)}. Install the studio again, or build it anew.`,
      { cause },
    );
  });
  return { window, settled, loaded };
}

/** A window that is closed cannot be asked any more, and one whose page crashed is closed without a question. */
function rememberBounds(window: BrowserWindow, file: string): () => Promise<void> {
  const read = () => ({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  let bounds = read();
  let written = Promise.resolve();
  const note = () => {
    bounds = read();
  };
  window.on('resize', note).on('move', note).on('maximize', note).on('unmaximize', note);
  window.once('closed', () => {
    written = writeBounds(file, bounds).catch((error: unknown) => {
      process.stderr.write(`The window's place was not saved: ${messageOf(error)}\n`);
    });
  });
  return () => written;
}

function confine(window: BrowserWindow, url: string): void {
  const page = window.webContents;
  page.setWindowOpenHandler(({ url: target }) => {
    if (new URL(target).protocol === 'https:') void shell.openExternal(target);
    return { action: 'deny' };
  });
  page.on('will-navigate', (event, target) => {
    // A reload of the window is no navigation away from it.
    if (target !== url) event.preventDefault();
  });
  page.on('will-attach-webview', (event) => event.preventDefault());
  page.on('will-prevent-unload', (event) => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'Close the studio with edits that are not saved?',
      buttons: ['Keep editing', 'Close without saving'],
      defaultId: 0,
      cancelId: 0,
    });
    if (choice === 1) event.preventDefault();
  });
}
