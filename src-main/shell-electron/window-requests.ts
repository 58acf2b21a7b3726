/** What the page may ask of the main process. Only our own page is answered, and only in the window's main frame. */
import { WINDOW_THEMES, type WindowTheme } from '@shared/window-shell';
import { BrowserWindow, dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, nativeTheme } from 'electron';
import { CHOOSE_FOLDER, CONNECT_HOST, SET_THEME } from './channels';
import type { HostLink } from './host-link';

export function answerWindowRequests(host: HostLink, windowUrl: string): void {
  const isOurs = ({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent) =>
    senderFrame === sender.mainFrame && originOf(senderFrame.url) === originOf(windowUrl);

  ipcMain.on(CONNECT_HOST, (event) => {
    if (isOurs(event)) host.connect(event.sender);
  });
  ipcMain.on(SET_THEME, (event, theme: unknown) => {
    const known = WINDOW_THEMES.find((name): name is WindowTheme => name === theme);
    if (isOurs(event) && known !== undefined) nativeTheme.themeSource = known;
  });
  ipcMain.handle(CHOOSE_FOLDER, async (event) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isOurs(event) || window === null) return undefined;
    const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
    return filePaths[0];
  });
}

/** Node's own `origin` is the same word, null, for every scheme that is not the web's. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
