/** `app://studio/`: the built window, read from its folder with the window's policy on every file. */
import { protocol } from 'electron';
import { readWindowFile } from '../window-files/read-window-file';
import { WINDOW_HEADERS } from '../window-files/window-policy';

const SCHEME = 'app';
const HOST = 'studio';
export const WINDOW_URL = `${SCHEME}://${HOST}/`;

/** Before the application is ready. */
export function declareWindowScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Once the application is ready. */
export function serveWindowScheme(rendererFolder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === HOST && request.method === 'GET' ? await readWindowFile(rendererFolder, pathname) : undefined;
    if (file === undefined)
      return new Response('The window has no such file.', { status: 404, headers: WINDOW_HEADERS });
    // A copy in an ArrayBuffer of its own, as Response wants it.
    return new Response(new Uint8Array(file.bytes), { headers: { ...WINDOW_HEADERS, 'Content-Type': file.type } });
  });
}
