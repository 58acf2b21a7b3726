/**
 * The built window's files, by the path of a URL. A path is looked up as it stands, never decoded: the build gives
 * its files plain names, so whatever holds an escape, an empty or a dotted segment is no file of the window.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface WindowFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const PLAIN_PATH = /^(?:\/[\w@~+-][\w.@~+-]*)+$/;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code));

/** @returns undefined where the window has no such file. */
export async function readWindowFile(folder: string, path: string): Promise<WindowFile | undefined> {
  const name = path === '/' ? '/index.html' : path;
  if (!PLAIN_PATH.test(name)) return undefined;
  try {
    const bytes = await readFile(join(folder, name));
    return { type: TYPES[extname(name)] ?? 'application/octet-stream', bytes };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
