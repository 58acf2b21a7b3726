/** The warnings of a run: each kind is kept up to a limit and counted beyond it, so that none crowds out another. */

export interface RunWarnings {
  /** A file on which the plugin failed. */
  failed(warning: string): void;
  /** What the plugin itself warned of. */
  said(warning: string): void;
  /** A file that could not be a sample. */
  skipped(warning: string): void;
  list(): string[];
  /** Of all, also those that are not kept. */
  readonly count: number;
}

const MOST_OF_A_KIND = 100;

export function createWarnings(): RunWarnings {
  const failed = createBoundedList('files on which the plugin failed');
  const said = createBoundedList('warnings of the plugin');
  const skipped = createBoundedList('files that were skipped');
  return {
    failed: failed.add,
    said: said.add,
    skipped: skipped.add,
    list: () => [...failed.list(), ...said.list(), ...skipped.list()],
    get count() {
      return failed.count + said.count + skipped.count;
    },
  };
}

function createBoundedList(what: string) {
  const kept: string[] = [];
  let count = 0;
  return {
    add(warning: string): void {
      count++;
      if (kept.length < MOST_OF_A_KIND) kept.push(warning);
    },
    get count() {
      return count;
    },
    list: () => (count > kept.length ? [...kept, `… and ${count - kept.length} more ${what}.`] : kept),
  };
}
