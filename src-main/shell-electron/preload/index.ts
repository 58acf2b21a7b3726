/** Runs before the page, in a world of its own: hands over the port and the few things of window-shell.ts. */
import { SHELL_KEY, type WindowShell } from '@shared/window-shell';
import { contextBridge, ipcRenderer } from 'electron';
import { CHOOSE_FOLDER, CONNECT_HOST, HOST_LINK, SET_THEME } from '../channels';

/** As much of the page's window as is needed here; the rest of the folder has no DOM. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: string, origin: string, ports: readonly unknown[]): void;
};

// A port cannot cross into the page's world through the bridge, only with a message.
ipcRenderer.on(HOST_LINK, ({ ports }, message: string) => window.postMessage(message, window.location.origin, ports));

const shell: WindowShell = {
  connectHost: () => ipcRenderer.send(CONNECT_HOST),
  chooseFolder: () => ipcRenderer.invoke(CHOOSE_FOLDER) as Promise<string | undefined>,
  setTheme: (theme) => ipcRenderer.send(SET_THEME, theme),
};
contextBridge.exposeInMainWorld(SHELL_KEY, shell);
