/**
 * What the desktop window's preload gives its page, and the words with which page and host open and hang up their
 * message port. A page in a browser has none of this but the socket's path.
 */
export interface WindowShell {
  /** Asks for a port to the host. It comes to the page as a message HOST_OPENED once the host is up. */
  connectHost(): void;
  /** Asks with the system's dialog; undefined where the person cancels. */
  chooseFolder(): Promise<string | undefined>;
  /** Makes the frame and the dialogs of the system follow the window's theme. */
  setTheme(theme: WindowTheme): void;
}

export type WindowTheme = 'system' | 'dark' | 'light';
export const WINDOW_THEMES: readonly WindowTheme[] = ['system', 'dark', 'light'];

/** The preload puts the shell there. */
export const SHELL_KEY = 'studioShell';

/** Messages to the page: the port to the host comes with it; the host died and its port with it. */
export const HOST_OPENED = 'studio-host-opened';
export const HOST_LOST = 'studio-host-lost';

/** The last message over a port. Frames are JSON, so none of them is this word. */
export const HANG_UP = 'hang-up';

/** Where the host in a browser's door takes the window's WebSocket. */
export const SOCKET_PATH = '/socket';
