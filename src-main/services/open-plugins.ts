/** The opened plugin folders. Every path a client names is looked up here first: what is not open is not touched. */
import { access, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PluginSummary } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import type { FolderClaims } from './folder-claims';
import type { PluginSession } from './plugin-session';
import type { SettingsStore } from './settings';

export interface OpenPlugins {
  open(folder: string): Promise<PluginSummary>;
  close(folder: string): Promise<void>;
  /** Throws workspace/not-open. */
  session(folder: string): PluginSession;
  sessions(): readonly PluginSession[];
  list(): Promise<PluginSummary[]>;
  readonly onDidOpen: Listenable<PluginSession>;
  readonly onDidChange: Listenable<PluginSummary[]>;
  closeAll(): Promise<void>;
}

export interface OpenPluginsOptions {
  readonly settings: SettingsStore;
  readonly claims: FolderClaims;
  readonly openSession: (folder: string) => Promise<PluginSession>;
  readonly onError: (error: unknown) => void;
  /** Whether the set of open folders is kept for the next start. */
  readonly remembers: boolean;
}

interface Opened {
  readonly session: PluginSession;
  readonly disposals: readonly Dispose[];
}

/** The real path of a plugin folder, or why it is none. */
async function pluginFolder(given: string): Promise<string> {
  const wanted = resolve(given);
  let folder: string;
  try {
    folder = await realpath(wanted);
    if (!(await stat(folder)).isDirectory()) {
      throw new StudioError('workspace/not-a-folder', `${wanted} is a file. Open the folder that holds plugin.json.`);
    }
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw new StudioError('workspace/no-folder', `${wanted} cannot be opened: ${reasonOf(error)}. Check the path.`, {
      cause: error,
    });
  }
  try {
    await access(join(folder, 'plugin.json'));
  } catch (cause) {
    throw new StudioError(
      'workspace/not-a-plugin',
      `${folder} has no plugin.json that can be read. Open a plugin's own folder, or put a plugin.json there first.`,
      { data: { folder }, cause },
    );
  }
  return folder;
}

const reasonOf = (error: unknown) => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  return code ?? String(error);
};

export function createOpenPlugins({
  settings,
  claims,
  openSession,
  onError,
  remembers,
}: OpenPluginsOptions): OpenPlugins {
  const opened = new Map<string, Opened>();
  const opening = new Map<string, Promise<void>>();
  const didOpen = createEmitter<PluginSession>(onError);
  const didChange = createEmitter<PluginSummary[]>(onError);

  const summaryOf = async (session: PluginSession): Promise<PluginSummary> => {
    const alsoOpenIn = await claims.otherStudio(session.folder);
    return alsoOpenIn === undefined ? session.summary() : { ...session.summary(), alsoOpenIn };
  };
  const list = () => Promise.all([...opened.values()].map(({ session }) => summaryOf(session)));
  const tell = () => void list().then((plugins) => didChange.emit(plugins), onError);
  const remember = async () => {
    if (remembers) await settings.write({ openFolders: [...opened.keys()] });
  };
  const stopListening = claims.onDidChange.on(tell);

  const openNow = async (folder: string) => {
    const session = await openSession(folder);
    opened.set(folder, { session, disposals: [claims.claim(folder), session.onDidChangeSummary.on(tell)] });
    didOpen.emit(session);
    await remember();
    if (remembers) await settings.noteOpened({ folder, name: session.summary().name, openedAt: Date.now() });
    tell();
  };

  const session = (folder: string) => {
    const entry = opened.get(folder);
    if (entry === undefined) {
      throw new StudioError('workspace/not-open', `${folder} is not open. Open it first.`, { data: { folder } });
    }
    return entry.session;
  };

  const close = async (folder: string) => {
    const entry = opened.get(folder);
    if (entry === undefined) return;
    opened.delete(folder);
    for (const dispose of entry.disposals) dispose();
    await entry.session.close();
  };

  return {
    async open(given) {
      const folder = await pluginFolder(given);
      if (!opened.has(folder)) {
        const pending = opening.get(folder) ?? openNow(folder).finally(() => opening.delete(folder));
        opening.set(folder, pending);
        await pending;
      }
      return summaryOf(session(folder));
    },
    async close(folder) {
      await close(folder);
      await remember();
      tell();
    },
    session,
    sessions: () => [...opened.values()].map((entry) => entry.session),
    list,
    onDidOpen: didOpen,
    onDidChange: didChange,
    async closeAll() {
      stopListening();
      await Promise.all([...opened.keys()].map(close));
    },
  };
}
