/** The opened plugin folders. Every path a client names is looked up here first: what is not open is not touched. */
import { access, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PluginSummary } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import { createTurns } from '../timing/turns';
import type { FolderClaims } from './folder-claims';
import type { PluginSession } from './plugin-session';
import type { SettingsStore } from './settings';

export interface OpenPlugins {
  open(folder: string): Promise<PluginSummary>;
  close(folder: string): Promise<void>;
  /** Throws workspace/not-open. */
  session(folder: string): PluginSession;
  /** Undefined where it is not open. */
  find(folder: string): PluginSession | undefined;
  sessions(): readonly PluginSession[];
  list(): Promise<PluginSummary[]>;
  readonly onDidOpen: Listenable<PluginSession>;
  /** Hears the folder before it can be opened again. */
  readonly onDidClose: Listenable<string>;
  readonly onDidChange: Listenable<PluginSummary[]>;
  closeAll(): Promise<void>;
}

export interface OpenPluginsOptions {
  readonly settings: SettingsStore;
  readonly claims: FolderClaims;
  readonly openSession: (folder: string) => Promise<PluginSession>;
  /** Ends what goes on in a folder that is not open any more, before its processes stop. */
  readonly beforeClose: (folder: string) => Promise<void>;
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
  beforeClose,
  onError,
  remembers,
}: OpenPluginsOptions): OpenPlugins {
  const opened = new Map<string, Opened>();
  const arrivals = createTurns();
  const turns = createTurns();
  const didOpen = createEmitter<PluginSession>(onError);
  const didClose = createEmitter<string>(onError);
  const didChange = createEmitter<PluginSummary[]>(onError);
  let isClosing = false;

  const summaryOf = async (session: PluginSession): Promise<PluginSummary> => {
    const alsoOpenIn = await claims.otherStudio(session.folder).catch((error: unknown) => {
      onError(error);
      return undefined;
    });
    return alsoOpenIn === undefined ? session.summary() : { ...session.summary(), alsoOpenIn };
  };
  const list = () => Promise.all([...opened.values()].map(({ session }) => summaryOf(session)));
  let begun = 0;
  let told = 0;
  /** A list that took longer than one begun after it is old, and not told. */
  const tellNow = async () => {
    const own = ++begun;
    const plugins = await list();
    if (own < told) return;
    told = own;
    didChange.emit(plugins);
  };
  const tell = () => void tellNow().catch(onError);
  const stopListening = claims.onDidChange.on(tell);

  /** What cannot be remembered or claimed is told, and keeps nothing from being open. */
  const remember = async (session?: PluginSession) => {
    if (!remembers) return;
    try {
      await settings.write({ openFolders: [...opened.keys()] });
      if (session === undefined) return;
      await settings.noteOpened({ folder: session.folder, name: session.summary().name, openedAt: Date.now() });
    } catch (error) {
      onError(notRemembered(error));
    }
  };
  const claim = (folder: string): Dispose => {
    try {
      return claims.claim(folder);
    } catch (error) {
      onError(error);
      return () => undefined;
    }
  };

  const openNow = async (folder: string): Promise<PluginSession> => {
    if (isClosing) throw new StudioError('studio/closing', 'The studio is closing. Start it again to open a plugin.');
    const known = opened.get(folder);
    if (known !== undefined) return known.session;
    const session = await openSession(folder);
    opened.set(folder, { session, disposals: [claim(folder), session.onDidChangeSummary.on(tell)] });
    didOpen.emit(session);
    await remember(session);
    tell();
    return session;
  };

  const closeNow = async (folder: string) => {
    const entry = opened.get(folder);
    if (entry === undefined) return;
    opened.delete(folder);
    for (const dispose of entry.disposals) dispose();
    didClose.emit(folder);
    try {
      await beforeClose(folder);
    } finally {
      await entry.session.close();
    }
  };

  /**
   * Opening and closing one folder happen in the order in which they were asked for, though a folder is known only
   * once its links are followed.
   */
  const inTurn = async <Result>(find: () => Promise<string>, work: (folder: string) => Promise<Result>) => {
    const { done } = await arrivals.run(['folders'], async () => {
      const folder = await find();
      return { done: turns.run([folder], () => work(folder)) };
    });
    return done;
  };

  return {
    open: (given) =>
      inTurn(
        () => pluginFolder(given),
        async (folder) => summaryOf(await openNow(folder)),
      ),
    close: (given) =>
      inTurn(
        async () => given,
        async (folder) => {
          try {
            await closeNow(folder);
          } finally {
            await remember();
            tell();
          }
        },
      ),
    session(folder) {
      const entry = opened.get(folder);
      if (entry !== undefined) return entry.session;
      throw new StudioError('workspace/not-open', `${folder} is not open. Open it first.`, { data: { folder } });
    },
    find: (folder) => opened.get(folder)?.session,
    sessions: () => [...opened.values()].map((entry) => entry.session),
    list,
    onDidOpen: didOpen,
    onDidClose: didClose,
    onDidChange: didChange,
    async closeAll() {
      isClosing = true;
      stopListening();
      await arrivals.idle();
      await turns.idle();
      await Promise.all([...opened.keys()].map(closeNow));
    },
  };
}

const notRemembered = (cause: unknown) =>
  new StudioError(
    'studio/not-remembered',
    `Which plugins are open cannot be kept for the next start: ${messageOf(cause)}`,
    { cause },
  );
