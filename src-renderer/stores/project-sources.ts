/**
 * The sources of a plugin as texts that nobody has opened, so that imports between them resolve while one is edited.
 * An open document is its own truth; everything else here follows the disk.
 */
import type { FileChange, FileEntry } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import type { StudioClient } from '../client/studio-client';
import { documentUri } from '../editor/document-uri';
import { ensureModel, findModel, recheckTypeScript } from '../editor/models';
import { loadMonaco } from '../editor/monaco';
import type { DocumentsStore } from './documents';

export interface ProjectSources {
  /** Loads the sources of that plugin, once. */
  follow(folder: string): Promise<void>;
  /** Forgets a plugin that was closed: what changes until it is opened again is not told. */
  leave(folder: string): void;
}

const SOURCE = /\.([cm]?[jt]sx?|json)$/;
const SKIPPED = new Set(['samples', 'node_modules', 'dist', 'out', 'config']);
const MOST_FILES = 300;
const LARGEST = 256 * 1024;

export const isSource = ({ kind, name, size }: FileEntry): boolean =>
  kind === 'file' && SOURCE.test(name) && size <= LARGEST;

export function createProjectSources(
  client: StudioClient,
  documents: DocumentsStore,
  report: (error: unknown) => void,
): ProjectSources {
  /** Paths by folder. */
  const followed = new Map<string, Set<string>>();

  const list = async (folder: string, path: string, found: string[]): Promise<void> => {
    const entries = await client.workspace.listFiles({ folder, path });
    found.push(...entries.filter(isSource).map((entry) => entry.path));
    for (const entry of entries) {
      if (found.length >= MOST_FILES) return;
      const skipped = SKIPPED.has(entry.name) || entry.name.startsWith('.');
      if (entry.kind === 'folder' && !skipped) await list(folder, entry.path, found);
    }
  };

  const load = async (folder: string, path: string): Promise<void> => {
    if (documents.find(folder, path) !== undefined) return;
    const monaco = await loadMonaco();
    const uri = documentUri(folder, path);
    try {
      const { text } = await client.workspace.readFile({ folder, path });
      if (documents.find(folder, path) === undefined) ensureModel(monaco, uri, text);
    } catch (error) {
      if (!isStudioError(error)) throw error;
      // Gone, or not a text: nothing can be imported from it.
      if (documents.find(folder, path) === undefined) findModel(monaco, uri)?.dispose();
    }
  };

  const loadAll = async (folder: string, paths: readonly string[]) => {
    if (paths.length === 0) return;
    await Promise.all(paths.map((path) => load(folder, path)));
    recheckTypeScript(await loadMonaco());
  };

  const takeChanges = (folder: string, changes: readonly FileChange[]) => {
    const paths = followed.get(folder);
    if (paths === undefined) return;
    for (const { path, kind } of changes) {
      const inSkipped = path
        .split('/')
        .slice(0, -1)
        .some((name) => SKIPPED.has(name) || name.startsWith('.'));
      if (kind === 'created' && SOURCE.test(path) && !inSkipped && paths.size < MOST_FILES) paths.add(path);
    }
    loadAll(
      folder,
      changes.map(({ path }) => path).filter((path) => paths.has(path)),
    ).catch(report);
  };

  const forget = async (folder: string, paths: ReadonlySet<string>) => {
    const monaco = await loadMonaco();
    // Opened again in the meantime: it is read again anyway.
    if (followed.has(folder)) return;
    for (const path of paths) {
      if (documents.find(folder, path) === undefined) findModel(monaco, documentUri(folder, path))?.dispose();
    }
  };

  client.workspace.on('didChangeFiles', ({ folder, changes }) => takeChanges(folder, changes));
  client.connection.onDidReconnect.on(() => {
    for (const [folder, paths] of followed) loadAll(folder, [...paths]).catch(report);
  });
  documents.subscribe(({ documents: now }, { documents: before }) => {
    for (const [uri, { folder, path }] of Object.entries(before)) {
      if (now[uri] === undefined && followed.get(folder)?.has(path) === true) load(folder, path).catch(report);
    }
  });

  return {
    async follow(folder) {
      if (followed.has(folder)) return;
      const paths = new Set<string>();
      followed.set(folder, paths);
      const found: string[] = [];
      await list(folder, '', found);
      for (const path of found.slice(0, MOST_FILES)) paths.add(path);
      await loadAll(folder, [...paths]);
    },
    leave(folder) {
      const paths = followed.get(folder);
      if (paths === undefined) return;
      followed.delete(folder);
      forget(folder, paths).catch(report);
    },
  };
}
