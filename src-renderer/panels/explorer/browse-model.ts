/** What the list shows while a path is typed. */
import type { BrowseResult } from '@shared/contracts';

type Entry = BrowseResult['entries'][number];

/** The folder that the typed path is in, with its slash; empty where there is none yet. */
export const folderOfInput = (input: string): string =>
  input.slice(0, Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\')) + 1);

const withSlash = (path: string) => (/[/\\]$/.test(path) ? path : `${path}/`);

/** Entries of the listed folder that what is typed after it may still become; hidden ones only when asked for. */
export function matchingEntries({ path, entries }: BrowseResult, input: string, pick: 'folder' | 'file'): Entry[] {
  const inside = withSlash(path);
  const prefix = input.startsWith(inside) ? input.slice(inside.length).toLowerCase() : '';
  const isExact = entries.some((entry) => entry.path === input);
  return entries.filter(
    ({ name, kind }) =>
      (pick === 'file' || kind === 'folder') &&
      (isExact || name.toLowerCase().startsWith(prefix)) &&
      (prefix.startsWith('.') || !name.startsWith('.')),
  );
}
