/** The file API of plugins over real files, for tests of examples without the platform around them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PluginError } from '@shared/sdk';
import type { FileInfo, PluginFiles } from '../../src-shared/sdk/files';

const failed = (path: string) => (error: NodeJS.ErrnoException) => {
  throw new PluginError(`${path} cannot be read: ${error.code}`, { details: { reason: error.code } });
};

const infoOf = async (folder: string, path: string): Promise<FileInfo> => {
  const found = await stat(resolve(folder, path));
  const kind = found.isDirectory() ? 'folder' : 'file';
  return { name: path, kind, size: found.size, modified: found.mtime.toISOString() };
};

export function openFiles(folder: string): Pick<PluginFiles, 'readText' | 'readBytes' | 'stat' | 'list'> {
  return {
    readText: (path) => readFile(resolve(folder, path), 'utf8').catch(failed(path)),
    readBytes: async (path) => new Uint8Array(await readFile(resolve(folder, path)).catch(failed(path))),
    stat: (path) => infoOf(folder, path).catch(() => undefined),
    list: async (path) =>
      Promise.all((await readdir(resolve(folder, path)).catch(failed(path))).map((name) => infoOf(folder, name))),
  };
}
