/**
 * Files, with the permission `file_system_access`. Paths are relative to the plugin's folder, or absolute; a plugin
 * reaches its own folder, its `temp_directory`, and the files and folders that a run was given. Links that lead out of
 * these are refused. Every call throws SecurityError where it is not granted.
 */

/** What is known of a file without reading it. */
export interface FileInfo {
  name: string;
  kind: 'file' | 'folder';
  /** In bytes; 0 for a folder. */
  size: number;
  /** ISO 8601, UTC. */
  modified: string;
}

/** The file API of a plugin. */
export interface PluginFiles {
  /** @throws ResourceError for more than 24 MB. PluginError, with `details.reason`, where it cannot be read. */
  readText(path: string): Promise<string>;
  /** @throws as readText. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Writes a whole file, or nothing: an old one stays until the new one is complete. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  append(path: string, content: string | Uint8Array): Promise<void>;
  /** What a folder holds, by name. */
  list(path: string): Promise<FileInfo[]>;
  /** @returns undefined where there is nothing of that name. */
  stat(path: string): Promise<FileInfo | undefined>;
  /** Also the folders above it. */
  makeFolder(path: string): Promise<void>;
  /** Removes a file or an empty folder; a link itself, never what it points to. */
  remove(path: string): Promise<void>;
}
