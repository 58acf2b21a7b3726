/**
 * Which folders are open in the tree and what they hold. Files are listed when their folder is opened and again when
 * the host says that something in it came or went. What was open in a plugin is open again when the plugin is.
 */
import type { FileEntry } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../../client/studio-client';
import { isWithin } from '../../editor/document-uri';
import type { Stores } from '../../stores/stores';
import { type ExpandedFolders, expandedFolders, type Node, nodeKey, orderEntries, parentPath } from './model';

/** A name that is being typed into the tree. */
export interface Naming {
  readonly mode: 'rename' | 'file' | 'folder';
  /** The row that is renamed, or the folder that gets something new. */
  readonly node: Node;
}

export interface ExplorerState {
  readonly expanded: ReadonlySet<string>;
  readonly listings: Readonly<Record<string, readonly FileEntry[]>>;
  readonly focused: Node | undefined;
  readonly naming: Naming | undefined;
}

export interface ExplorerStore extends StoreApi<ExplorerState> {
  toggle(node: Node): void;
  expand(node: Node): Promise<void>;
  focus(node: Node): void;
  name(naming: Naming | undefined): void;
  /** What was open under the old name is open under the new one, once its files are listed there. */
  moved(node: Node, to: string): void;
  refresh(): Promise<void>;
  /** What is open, to be kept between starts. */
  remembered(): ExpandedFolders;
  /** Opens what was open. */
  remember(folders: ExpandedFolders): void;
}

const made = new WeakMap<Stores, ExplorerStore>();

/** The one explorer of these stores. */
export function explorerStore(client: StudioClient, stores: Stores): ExplorerStore {
  const existing = made.get(stores);
  if (existing !== undefined) return existing;
  const created = createExplorerStore(client, stores);
  made.set(stores, created);
  return created;
}

function createExplorerStore(client: StudioClient, { plugins, notices }: Stores): ExplorerStore {
  const store = createStore<ExplorerState>(() => ({
    expanded: new Set(),
    listings: {},
    focused: undefined,
    naming: undefined,
  }));

  const list = async ({ folder, path }: Node): Promise<void> => {
    const key = nodeKey({ folder, path });
    try {
      const entries = orderEntries(await client.workspace.listFiles({ folder, path }));
      store.setState(({ listings }) => ({ listings: { ...listings, [key]: entries } }));
      // A folder that was opened before it had this name.
      const { expanded, listings } = store.getState();
      const unlisted = entries
        .map((entry) => ({ folder, path: entry.path }))
        .filter((node) => expanded.has(nodeKey(node)) && listings[nodeKey(node)] === undefined);
      await Promise.all(unlisted.map(list));
    } catch (error) {
      if (!isStudioError(error, 'workspace/not-open') && !isStudioError(error, 'workspace/no-folder')) throw error;
      store.setState(({ listings }) => {
        const { [key]: _, ...others } = listings;
        return { listings: others };
      });
    }
  };

  const expand = async (node: Node) => {
    store.setState(({ expanded }) => ({ expanded: new Set([...expanded, nodeKey(node)]) }));
    await list(node);
  };

  const listedNodes = (): Node[] =>
    Object.keys(store.getState().listings).map((key) => {
      const [folder = '', path = ''] = key.split('\n');
      return { folder, path };
    });

  const refresh = async () => {
    await Promise.all(listedNodes().map(list));
  };

  client.workspace.on('didChangeFiles', ({ folder, changes }) => {
    const parents = new Set(changes.filter(({ kind }) => kind !== 'changed').map(({ path }) => parentPath(path)));
    for (const path of parents) {
      if (store.getState().listings[nodeKey({ folder, path })] !== undefined)
        list({ folder, path }).catch(notices.report);
    }
  });
  client.connection.onDidReconnect.on(() => void refresh().catch(notices.report));

  /** Of plugins that are not open. */
  let closed: ExpandedFolders = {};
  let known = new Set<string>();

  const remembered = () => {
    const { listings, expanded } = store.getState();
    return expandedFolders(
      [...known].map((folder) => ({ folder })),
      listings,
      expanded,
      closed,
    );
  };

  const reopen = (folder: string, paths: readonly string[]) => {
    store.setState(({ expanded }) => ({
      expanded: new Set([
        ...[...expanded].filter((key) => !key.startsWith(`${folder}\n`)),
        ...paths.map((path) => nodeKey({ folder, path })),
      ]),
    }));
    // Its folders are listed as they come into view.
    if (paths.includes('')) list({ folder, path: '' }).catch(notices.report);
  };

  const forget = (folder: string) => {
    const isOther = (key: string) => !key.startsWith(`${folder}\n`);
    store.setState(({ expanded, listings }) => ({
      expanded: new Set([...expanded].filter(isOther)),
      listings: Object.fromEntries(Object.entries(listings).filter(([key]) => isOther(key))),
    }));
  };

  const followPlugins = () => {
    const folders = plugins.getState().plugins.map(({ folder }) => folder);
    const kept = remembered();
    const come = folders.filter((folder) => !known.has(folder));
    for (const folder of known) if (!folders.includes(folder)) forget(folder);
    closed = Object.fromEntries(Object.entries(kept).filter(([folder]) => !folders.includes(folder)));
    known = new Set(folders);
    for (const folder of come) reopen(folder, kept[folder] ?? ['']);
  };
  plugins.subscribe(({ plugins: now }, { plugins: before }) => now !== before && followPlugins());
  followPlugins();

  return {
    ...store,
    toggle(node) {
      const key = nodeKey(node);
      if (!store.getState().expanded.has(key)) return void expand(node).catch(notices.report);
      store.setState(({ expanded }) => ({ expanded: new Set([...expanded].filter((each) => each !== key)) }));
    },
    expand,
    focus: (focused) => store.setState({ focused }),
    name: (naming) => store.setState({ naming }),
    moved({ folder, path }, to) {
      const renamed = (key: string) => {
        const [own = '', inner = ''] = key.split('\n');
        return own === folder && isWithin(path, inner) ? nodeKey({ folder, path: to + inner.slice(path.length) }) : key;
      };
      store.setState(({ expanded }) => ({
        expanded: new Set([...expanded].map(renamed)),
        focused: { folder, path: to },
      }));
    },
    refresh,
    remembered,
    remember(folders) {
      closed = Object.fromEntries(Object.entries(folders).filter(([folder]) => !known.has(folder)));
      for (const folder of known) {
        const paths = folders[folder];
        if (paths !== undefined) reopen(folder, paths);
      }
    },
  };
}
