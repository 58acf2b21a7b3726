/** Opened folders and their files, for the window. Every path is resolved inside its plugin folder first. */
import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { BrowseResult, FileChange, FileEntry, workspaceService } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type Service } from '@shared/rpc';
import { readText } from '../files/read-text';
import { resolveInside } from '../files/resolve-inside';
import { versionOf } from '../files/version-of';
import { writeAtomically } from '../files/write-atomically';
import type { Examples } from './examples';
import type { OpenPlugins } from './open-plugins';
import type { SettingsStore } from './settings';

const LARGEST_TEXT = 5 * 1024 * 1024;
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

async function currentText(file: string): Promise<{ text: string; version: string } | undefined> {
  try {
    return await readText(file, LARGEST_TEXT);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'workspace/not-found') return undefined;
    throw error;
  }
}

async function refuseExisting(file: string, path: string): Promise<void> {
  const found = await lstat(file).catch(() => undefined);
  if (found !== undefined) throw new StudioError('workspace/exists', `${path} is there already. Choose another name.`);
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
  const insideButNotFolder = async (folder: string, path: string) => {
    const file = await inside(folder, path);
    if (file === folder)
      throw new StudioError('workspace/outside', 'The plugin folder itself cannot be changed this way.');
    return file;
  };

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
        const file = await insideButNotFolder(folder, path);
        if (expectedVersion !== undefined) {
          const found = await currentText(file);
          if ((found?.version ?? null) !== expectedVersion) {
            throw new StudioError(
              'workspace/changed-on-disk',
              `${path} was changed on disk meanwhile. Compare, then keep yours or take the other.`,
              {
                data: { text: found?.text ?? '', version: found?.version ?? null },
              },
            );
          }
        }
        await mkdir(dirname(file), { recursive: true });
        await writeAtomically(file, text);
        return { version: versionOf(text) };
      },
      async createFolder({ folder, path }) {
        const file = await insideButNotFolder(folder, path);
        await refuseExisting(file, path);
        await mkdir(file, { recursive: true });
        return null;
      },
      async rename({ folder, path, to }) {
        const from = await insideButNotFolder(folder, path);
        const target = await insideButNotFolder(folder, to);
        await refuseExisting(target, to);
        await mkdir(dirname(target), { recursive: true });
        await rename(from, target);
        return null;
      },
      async remove({ folder, path }) {
        await rm(await insideButNotFolder(folder, path), { recursive: true });
        return null;
      },
    },
    events: { didChangePlugins: plugins.onDidChange, didChangeFiles },
  };
}
