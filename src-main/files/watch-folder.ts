/**
 * Tells what changes in a folder, in batches that wait until the writing has settled. A file that an editor replaces
 * by renaming another over it counts as changed once; links are reported, never followed; what comes and goes within
 * a batch is not reported. node_modules, .git and files still being written stay unseen.
 */
import { realpath } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import type { FileChange } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import type { Dispose } from '@shared/rpc';
import { type FSWatcher, watch } from 'chokidar';
import { fileError, systemCodeOf } from './file-error';
import { isTemporaryName } from './write-atomically';

const SETTLE_MS = 50;
const LONGEST_WAIT_MS = 500;
const IGNORED = new Set(['node_modules', '.git']);

type ChangeKind = FileChange['kind'];

export interface WatchOptions {
  /** Which paths, relative and with /, are watched at all; a folder that is not watched hides what is in it. */
  only?: (path: string) => boolean;
  /** Hears that watching has failed; without it the error is thrown where nobody can catch it. */
  onError?: (error: StudioError) => void;
}

/** Resolves once every later change will be seen. @throws StudioError workspace/not-found, workspace/watch-failed. */
export async function watchFolder(
  folder: string,
  listener: (changes: FileChange[]) => void,
  options: WatchOptions = {},
): Promise<Dispose> {
  const batch = createBatch(listener);
  const root = await realpath(folder).catch((error: unknown) => {
    throw fileError(error, folder);
  });
  const start = (usePolling: boolean) => open(root, usePolling, options, batch.add);
  const watcher = await start(false).catch((error: unknown) => {
    if (!isOutOfWatches(error)) throw failed(folder, error);
    return start(true);
  });
  watcher.on('error', (error) => {
    const problem = failed(folder, error);
    if (options.onError === undefined) throw problem;
    options.onError(problem);
  });
  return () => {
    batch.clear();
    void watcher.close();
  };
}

const isOutOfWatches = (error: unknown) => ['ENOSPC', 'EMFILE'].includes(systemCodeOf(error) ?? '');

const failed = (folder: string, cause: unknown) =>
  new StudioError(
    'workspace/watch-failed',
    `Changes in ${folder} can no longer be seen: ${messageOf(cause)}. Close the plugin and open it again.`,
    { data: { folder }, cause },
  );

function open(
  folder: string,
  usePolling: boolean,
  { only }: WatchOptions,
  add: (path: string, kind: ChangeKind) => void,
): Promise<FSWatcher> {
  const within = (path: string) => relative(folder, path).split(sep).join('/');
  const watcher = watch(folder, {
    ignored: (path) => {
      const inside = within(path);
      if (inside === '') return false;
      return IGNORED.has(basename(path)) || isTemporaryName(basename(path)) || only?.(inside) === false;
    },
    ignoreInitial: true,
    ignorePermissionErrors: true,
    followSymlinks: false,
    atomic: false,
    usePolling,
    interval: 250,
  });
  let ready = false;
  const report = (kind: ChangeKind) => (path: string) => {
    if (ready) add(within(path), kind);
  };
  watcher.on('add', report('created')).on('addDir', report('created'));
  watcher.on('change', report('changed'));
  watcher.on('unlink', report('deleted')).on('unlinkDir', report('deleted'));
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => watcher.close().then(() => reject(error), reject);
    watcher.once('error', refuse);
    watcher.once('ready', () => {
      watcher.off('error', refuse);
      ready = true;
      resolve(watcher);
    });
  });
}

function createBatch(listener: (changes: FileChange[]) => void) {
  const pending = new Map<string, ChangeKind>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const clear = () => {
    clearTimeout(timer);
    pending.clear();
  };
  const flush = () => {
    const changes = [...pending].map(([path, kind]) => ({ path, kind }));
    clear();
    if (changes.length > 0) listener(changes);
  };
  return {
    clear,
    add(path: string, kind: ChangeKind) {
      if (pending.size === 0) since = Date.now();
      const together = combine(pending.get(path), kind);
      if (together === undefined) pending.delete(path);
      else pending.set(path, together);
      clearTimeout(timer);
      timer = setTimeout(flush, Math.max(0, Math.min(SETTLE_MS, since + LONGEST_WAIT_MS - Date.now())));
    },
  };
}

function combine(earlier: ChangeKind | undefined, later: ChangeKind): ChangeKind | undefined {
  if (earlier === 'created') return later === 'deleted' ? undefined : 'created';
  if (earlier === 'deleted') return later === 'deleted' ? 'deleted' : 'changed';
  return later;
}
