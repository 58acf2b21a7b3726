/**
 * Unsaved texts, kept in a storage of the window's own so that one that is reloaded or dies has them again. Each is
 * written a moment after the last change, in an entry of its own. What the storage holds is somebody else's data, and
 * what has no room in it is not kept; the question before leaving still protects that.
 */

/** What an unsaved text is of. */
export type DraftTarget =
  | { readonly kind: 'file'; readonly folder: string; readonly path: string }
  | { readonly kind: 'configuration'; readonly folder: string };

export interface Draft {
  readonly text: string;
  /** Of the file that the text began from; null where there was none. */
  readonly version: string | null;
}

export interface Drafts {
  read(target: DraftTarget): Draft | undefined;
  /** Keeps what `current` says a moment from now; undefined means that there is nothing to keep any more. */
  touch(target: DraftTarget, current: () => Draft | undefined): void;
  drop(target: DraftTarget): void;
  /** Keeps everything that waits for its moment. */
  flush(): void;
  list(folder: string): readonly DraftTarget[];
}

/** What of the browser's Storage is used. */
export type TextStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

export const MOST_CHARACTERS = 2 * 1024 * 1024;
const PAUSE_MS = 400;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const PREFIX = 'studio-draft\n';

const keyOf = (target: DraftTarget): string =>
  PREFIX + [target.kind, target.folder, ...(target.kind === 'file' ? [target.path] : [])].join('\n');

function targetOf(key: string): DraftTarget | undefined {
  const [kind, folder, path] = key.slice(PREFIX.length).split('\n');
  if (folder === undefined) return undefined;
  if (kind === 'configuration') return { kind, folder };
  return kind === 'file' && path !== undefined ? { kind, folder, path } : undefined;
}

interface Stored extends Draft {
  readonly at: number;
}

function parse(text: string | null): Stored | undefined {
  if (text === null) return undefined;
  try {
    const { text: draft, version, at } = JSON.parse(text) as Partial<Record<keyof Stored, unknown>>;
    const isWhole =
      typeof draft === 'string' && (typeof version === 'string' || version === null) && typeof at === 'number';
    return isWhole ? { text: draft, version, at } : undefined;
  } catch {
    // Not written by this window: as good as nothing.
    return undefined;
  }
}

/** @param storage undefined where the browser has none for this page; then nothing is kept. */
export function createDrafts(storage: TextStorage | undefined, now = Date.now): Drafts {
  const waiting = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; write(): void }>();

  const keys = () =>
    Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '').filter((key) =>
      key.startsWith(PREFIX),
    );

  const keep = (key: string, draft: Draft | undefined) => {
    // An older text in its place would be worse than none.
    storage?.removeItem(key);
    if (draft === undefined || draft.text.length > MOST_CHARACTERS) return;
    const value = JSON.stringify({ ...draft, at: now() } satisfies Stored);
    const others = keys().reduce((sum, other) => sum + (storage?.getItem(other)?.length ?? 0), 0);
    if (others + value.length > MOST_CHARACTERS) return;
    try {
      storage?.setItem(key, value);
    } catch {
      // The browser's own limit: then it is not kept, like what is beyond ours.
      storage?.removeItem(key);
    }
  };

  const settle = (key: string) => {
    const entry = waiting.get(key);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    waiting.delete(key);
    entry.write();
  };

  for (const key of keys()) {
    const stored = parse(storage?.getItem(key) ?? null);
    if (stored === undefined || stored.at < now() - KEPT_MS) storage?.removeItem(key);
  }

  return {
    read(target) {
      settle(keyOf(target));
      const stored = parse(storage?.getItem(keyOf(target)) ?? null);
      return stored === undefined ? undefined : { text: stored.text, version: stored.version };
    },
    touch(target, current) {
      const key = keyOf(target);
      clearTimeout(waiting.get(key)?.timer);
      waiting.set(key, { timer: setTimeout(() => settle(key), PAUSE_MS), write: () => keep(key, current()) });
    },
    drop(target) {
      const key = keyOf(target);
      clearTimeout(waiting.get(key)?.timer);
      waiting.delete(key);
      storage?.removeItem(key);
    },
    flush() {
      for (const key of [...waiting.keys()]) settle(key);
    },
    list: (folder) =>
      keys()
        .map(targetOf)
        .filter((target) => target !== undefined)
        .filter((target) => target.folder === folder),
  };
}
