/** Files in memory, in the place of the machine's. */
import { PluginError, SecurityError } from '../errors';
import type { FileInfo, PluginFiles } from '../files';
import { decodeText, encodeText } from './text-codec';

/** The file API of a test context. */
export interface MemoryFiles extends PluginFiles {
  /** The text of each file, by its path in the plugin's folder. */
  readonly contents: Readonly<Record<string, string>>;
}

/** Whatever is asked of a capability that the test has not granted. @internal */
export const refusal = (what: string, option: string): SecurityError =>
  new SecurityError(`${what} is not granted to this test. Say what it finds in createTestContext({ ${option}: … }).`);

const notFound = (path: string) =>
  new PluginError(`${path} cannot be read: there is no such file.`, { details: { reason: 'ENOENT' } });

/** The path without dots, in the plugin's folder or absolute in the folder for temporary files. */
function normalise(path: string, folder: string, temp: string): string {
  const absolute = path.startsWith('/') ? path : `${folder}/${path}`;
  const parts: string[] = [];
  for (const part of absolute.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const clean = `/${parts.join('/')}`;
  if (clean === folder) return '';
  if (clean.startsWith(`${folder}/`)) return clean.slice(folder.length + 1);
  if (clean === temp || clean.startsWith(`${temp}/`)) return clean;
  throw new SecurityError(`${path} is outside the plugin's folder and its temp_directory.`);
}

/** @internal */
export function createMemoryFiles(
  given: Readonly<Record<string, string | Uint8Array>> | undefined,
  folder: string,
  temp: string,
): MemoryFiles {
  const files = new Map<string, { bytes: Uint8Array; modified: string }>();
  const folders = new Set(['', '/', temp]);
  const at = (path: string) => {
    if (given === undefined) throw refusal('file_system_access', 'files');
    return normalise(path, folder, temp);
  };

  /** Of a path in the plugin's folder, down to '', which is that folder; of an absolute one, down to /. */
  const above = (path: string) => path.slice(0, Math.max(path.startsWith('/') ? 1 : 0, path.lastIndexOf('/')));
  const addFolders = (path: string) => {
    for (let way = path; !folders.has(way); way = above(way)) folders.add(way);
  };
  const put = (path: string, bytes: Uint8Array) => {
    files.set(path, { bytes, modified: new Date().toISOString() });
    addFolders(above(path));
  };
  for (const [path, content] of Object.entries(given ?? {})) put(at(path), encodeText(content));

  const read = (path: string) => {
    const file = files.get(at(path));
    if (file === undefined) throw notFound(path);
    return file.bytes;
  };
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const infoOf = (path: string): FileInfo | undefined => {
    const file = files.get(path);
    if (file !== undefined) {
      return { name: nameOf(path), kind: 'file', size: file.bytes.length, modified: file.modified };
    }
    if (!folders.has(path)) return undefined;
    return { name: nameOf(path), kind: 'folder', size: 0, modified: new Date(0).toISOString() };
  };

  return {
    get contents() {
      return Object.fromEntries([...files].map(([path, { bytes }]) => [path, decodeText(bytes)]));
    },
    readText: async (path) => decodeText(read(path)),
    readBytes: async (path) => read(path).slice(),
    write: async (path, content) => put(at(path), encodeText(content)),
    async append(path, content) {
      const before = files.get(at(path))?.bytes ?? new Uint8Array();
      const more = encodeText(content);
      const bytes = new Uint8Array(before.length + more.length);
      bytes.set(before);
      bytes.set(more, before.length);
      put(at(path), bytes);
    },
    async list(path) {
      const parent = at(path);
      if (!folders.has(parent)) throw notFound(path);
      const inside = [...files.keys(), ...folders].filter(
        (way) => way !== parent && way !== '' && above(way) === parent,
      );
      return inside.sort().flatMap((way) => infoOf(way) ?? []);
    },
    stat: async (path) => infoOf(at(path)),
    makeFolder: async (path) => addFolders(at(path)),
    async remove(path) {
      const way = at(path);
      const isUsed = [...files.keys(), ...folders].some(
        (other) => other !== '' && above(other) === way && other !== way,
      );
      if (folders.has(way) && isUsed) {
        throw new PluginError(`${path} is not empty.`, { details: { reason: 'ENOTEMPTY' } });
      }
      if (!files.delete(way) && !folders.delete(way)) throw notFound(path);
    },
  };
}
