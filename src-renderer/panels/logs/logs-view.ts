/**
 * The log of all opened plugins, read from the host while the panel is on the screen. Its panel may come and go; its
 * filter, its commands and what was read stay.
 */
import { createEmitter, type Dispose } from '@shared/rpc';
import type { StudioClient } from '../../client/studio-client';
import type { Stores } from '../../stores/stores';
import { createLogView, type LogView } from '../../ui/log-view';
import { type FollowedLog, followLog } from './follow-log';
import { cleared, EMPTY_COLLECTION, type LogCollection, missedInAll, takeRead, withoutFolder } from './log-collection';

export interface LogsView {
  readonly log: LogView;
  /** Reads on until the last that attached has left. */
  attach(): Dispose;
  /** In the host too, for all opened plugins. */
  clear(): Promise<void>;
  focusFilter(): void;
  onFocusFilter(listener: () => void): Dispose;
}

type Parts = Pick<Stores, 'plugins' | 'runs' | 'notices'>;

/** Of a run that the window knows nothing of. */
const SHORT_ID = 8;

function createLogsView(
  { plugins, runs, notices }: Parts,
  client: Pick<StudioClient, 'plugins' | 'connection'>,
): LogsView {
  const log = createLogView('several');
  const didAskForFilter = createEmitter<void>(notices.report);
  const followed = new Map<string, FollowedLog>();
  let collection: LogCollection = EMPTY_COLLECTION;
  let attached = 0;

  const setCollection = (next: LogCollection) => {
    collection = next;
    log.setMessages(next.messages, missedInAll(next));
  };
  const names = {
    plugin: (folder: string) =>
      plugins.getState().plugins.find((plugin) => plugin.folder === folder)?.name ?? folder.replace(/^.*[\\/]/, ''),
    run(runId: string) {
      const summaries = Object.values(runs.getState().summaries).flat();
      const summary = summaries.find((each) => each.runId === runId);
      const name = summary?.sampleName ?? '';
      return name === '' ? runId.slice(0, SHORT_ID) : name;
    },
  };
  const followFolder = (folder: string) =>
    followLog({
      client,
      folder,
      lastSeq: () => collection.lastSeqs[folder] ?? 0,
      onRead: (read) => setCollection(takeRead(collection, read, names)),
      onError: notices.report,
    });

  const stop = () => {
    for (const each of followed.values()) each.stop();
    followed.clear();
  };
  /** Follows the opened plugins and no others. */
  const judge = () => {
    const folders = plugins.getState().plugins.map(({ folder }) => folder);
    for (const [folder, each] of followed) {
      if (folders.includes(folder)) continue;
      each.stop();
      followed.delete(folder);
    }
    for (const folder of Object.keys(collection.lastSeqs)) {
      if (!folders.includes(folder)) setCollection(withoutFolder(collection, folder));
    }
    if (attached === 0) return;
    for (const folder of folders) if (!followed.has(folder)) followed.set(folder, followFolder(folder));
  };
  plugins.subscribe(judge);
  client.connection.onDidReconnect.on(() => {
    // A host that was started again counts from 1.
    stop();
    setCollection(EMPTY_COLLECTION);
    judge();
  });

  return {
    log,
    attach() {
      attached++;
      judge();
      let left = false;
      return () => {
        if (left) return;
        left = true;
        attached--;
        if (attached === 0) stop();
      };
    },
    async clear() {
      const folders = plugins.getState().plugins.map(({ folder }) => folder);
      await Promise.all(folders.map((folder) => client.plugins.clearLog({ folder })));
      for (const each of followed.values()) each.forget();
      setCollection(cleared(collection));
    },
    focusFilter: () => didAskForFilter.emit(),
    onFocusFilter: (listener) => didAskForFilter.on(listener),
  };
}

const views = new WeakMap<Stores, LogsView>();

/** The one of a window. */
export function logsViewOf(stores: Stores, client: StudioClient): LogsView {
  const existing = views.get(stores);
  if (existing !== undefined) return existing;
  const created = createLogsView(stores, client);
  views.set(stores, created);
  return created;
}
