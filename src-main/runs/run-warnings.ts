/** The warnings of a run: each kind is kept up to a limit and counted beyond it, so that none crowds out another. */

/** What matters most comes first in the list. */
const KINDS = {
  failed: 'files on which the plugin failed',
  unreadable: 'files and folders that cannot be read',
  skipped: 'files that were skipped',
  'passed-over': 'links and special files that were passed over',
  said: 'warnings of the plugin',
} as const;

export type WarningKind = keyof typeof KINDS;

export interface RunWarnings {
  add(kind: WarningKind, warning: string): void;
  list(): string[];
  /** Of all, also those that are not kept. */
  readonly count: number;
}

const MOST_OF_A_KIND = 100;

export function createWarnings(): RunWarnings {
  const kept = new Map<WarningKind, string[]>();
  const counts = new Map<WarningKind, number>();
  const kinds = Object.keys(KINDS) as WarningKind[];
  return {
    add(kind, warning) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      const list = kept.get(kind) ?? [];
      kept.set(kind, list);
      if (list.length < MOST_OF_A_KIND) list.push(warning);
    },
    list: () =>
      kinds.flatMap((kind) => {
        const list = kept.get(kind) ?? [];
        const more = (counts.get(kind) ?? 0) - list.length;
        return more > 0 ? [...list, `… and ${more} more ${KINDS[kind]}.`] : list;
      }),
    get count() {
      return [...counts.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}
