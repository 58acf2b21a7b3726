/** Opened folders and their files, for the window. Every path is resolved inside its plugin folder first. */
import { lstat, readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { BrowseResult, FileChange, FileEntry, workspaceService } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type Service } from '@shared/rpc';
import { createFolderChanges, LARGEST_TEXT } from '../files/folder-changes';
import { readText } from '../files/read-text';
import { resolveInside } from '../files/resolve-inside';
import type { Examples } from './examples';
import type { OpenPlugins } from './open-plugins';
import type { SettingsStore } from './settings';

const HIDDEN = new Set(['.git', 'node_modules']);

const foldersFirst = (a: { kind: string; name: string }, b: { kind: string; name: string }) =>
  a.kind === b.kind ? a.name.localeCompare(b.name) : a.kind === 'folder' ? -1 : 1;

async function listFolder(path: string): Promise<{ name: string; kind: 'file' | 'folder'; size: number }[]> {
  const names = await readdir(path).catch((cause: NodeJS.ErrnoException) => {
    throw new StudioError('workspace/no-folder', `${path} cannot be listed: ${cause.code ?? cause.message}.`, {
      cause,
    });
  });
  const entries = await Promise.all(
    names
      .filter((name) => !HIDDEN.has(name))
      .map(async (name) => {
        const found = await lstat(join(path, name)).catch(() => undefined);
        if (found === undefined || !(found.isFile() || found.isDirectory())) return [];
        const kind = found.isDirectory() ? ('folder' as const) : ('file' as const);
        return [{ name, kind, size: kind === 'file' ? found.size : 0 }];
      }),
  );
  return entries.flat().sort(foldersFirst);
}

async function browse(given: string | undefined): Promise<BrowseResult> {
  const path = await realpath(resolve(given ?? homedir())).catch(() => {
    throw new StudioError('workspace/no-folder', `${given} does not exist.`);
  });
  const parent = dirname(path);
  const entries = await Promise.all(
    (await listFolder(path)).map(async ({ name, kind }) => {
      const own = join(path, name);
      const isPlugin =
        kind === 'folder' &&
        (await lstat(join(own, 'plugin.json')).then(
          (found) => found.isFile(),
          () => false,
        ));
      return { name, path: own, kind, isPlugin };
    }),
  );
  return { path, entries, ...(parent === path ? {} : { parent }) };
}

export interface WorkspaceServiceOptions {
  readonly plugins: OpenPlugins;
  readonly settings: SettingsStore;
  readonly examples: Examples;
}

export function createWorkspaceService({
  plugins,
  settings,
  examples,
}: WorkspaceServiceOptions): Service<typeof workspaceService> {
  const didChangeFiles = createEmitter<{ folder: string; changes: FileChange[] }>();
  plugins.onDidOpen.on((session) => {
    session.onDidChangeFiles.on((changes) => didChangeFiles.emit({ folder: session.folder, changes }));
  });

  /** Throws workspace/not-open and workspace/outside. */
  const inside = async (folder: string, path: string) => resolveInside(plugins.session(folder).folder, path);
  const changes = createFolderChanges();

  return {
    calls: {
      listPlugins: () => plugins.list(),
      openPlugin: ({ folder }) => plugins.open(folder),
      closePlugin: async ({ folder }) => {
        await plugins.close(folder);
        return null;
      },
      listRecent: () => [...settings.recent()],
      listExamples: () => examples.list(),
      openExample: async ({ name }) => plugins.open(await examples.copyOf(name)),
      browse: ({ path }) => browse(path),
      async listFiles({ folder, path }): Promise<FileEntry[]> {
        const entries = await listFolder(await inside(folder, path));
        return entries.map((entry) => ({ ...entry, path: path === '' ? entry.name : `${path}/${entry.name}` }));
      },
      async readFile({ folder, path }) {
        return { path, ...(await readText(await inside(folder, path), LARGEST_TEXT)) };
      },
      async writeFile({ folder, path, text, expectedVersion }) {
        const session = plugins.session(folder);
        const written = await changes.write(session.folder, path, text, expectedVersion);
        session.noteSaved(path);
        return written;
      },
      async createFolder({ folder, path }) {
        await changes.createFolder(plugins.session(folder).folder, path);
        return null;
      },
      async rename({ folder, path, to }) {
        await changes.rename(plugins.session(folder).folder, path, to);
        return null;
      },
      async remove({ folder, path }) {
        await changes.remove(plugins.session(folder).folder, path);
        return null;
      },
    },
    events: { didChangePlugins: plugins.onDidChange, didChangeFiles },
  };
}
