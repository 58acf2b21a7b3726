/** What page and main process say to each other, by way of the preload, besides the port that is passed on. */
export const CONNECT_HOST = 'studio:connect-host';
export const CHOOSE_FOLDER = 'studio:choose-folder';
export const SET_THEME = 'studio:set-theme';

/** To the page; the texts are those of window-shell.ts. */
export const HOST_LINK = 'studio:host-link';
