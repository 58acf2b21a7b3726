/** A sample that is about to be read: one text, or a folder of them. */
import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Sample, SampleContent } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { checkSampleSize, readSampleText } from './sample-text';
import { type WalkItem, walkFolder } from './walk-folder';

export type OpenedSample = OpenedText | OpenedFolder;

export interface OpenedText {
  readonly sample: Sample;
  readonly isFolder: false;
  read(): Promise<SampleContent>;
}

export interface OpenedFolder {
  readonly sample: Sample;
  readonly isFolder: true;
  walk(signal?: AbortSignal): AsyncGenerator<WalkItem, void, undefined>;
}

const CHOSEN = 'chosen:';

export const chosenId = (path: string) => `${CHOSEN}${path}`;

/** The absolute path of a sample from outside of the plugin's folder, by its id. */
export const pathOfChosen = (id: string): string | undefined =>
  id.startsWith(CHOSEN) ? id.slice(CHOSEN.length) : undefined;

/** Describes the file or folder at an absolute path. Throws runs/no-sample and runs/sample-unreadable. */
export async function describePath(path: string, origin: Sample['origin'], id: string): Promise<Sample> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
    throw isMissing
      ? new StudioError('runs/no-sample', `${path} is not there. Choose another sample.`, { data: { path }, cause })
      : new StudioError('runs/sample-unreadable', `${path} cannot be read: ${cause.code ?? cause.message}.`, { cause });
  });
  const name = basename(path) || path;
  if (found.isDirectory()) return { id, name, kind: 'folder', origin, path, size: 0 };
  if (found.isFile()) return { id, name, kind: 'file', origin, path, size: found.size };
  throw new StudioError('runs/sample-unreadable', `${path} is neither a file nor a folder. Choose another sample.`, {
    data: { path },
  });
}

/** Opens a file or folder from anywhere. Throws runs/no-sample and runs/sample-unreadable. */
export async function openPath(path: string): Promise<OpenedSample> {
  const wanted = resolve(path);
  const real = await realpath(wanted).catch(() => wanted);
  return openDescribed(await describePath(real, 'chosen', chosenId(real)), real);
}

export function openDescribed(sample: Sample, path: string): OpenedSample {
  return sample.kind === 'folder'
    ? { sample, isFolder: true, walk: (signal) => walkFolder(path, signal) }
    : { sample, isFolder: false, read: () => readSampleText(path, sample.name) };
}

/** Throws runs/sample-too-large. */
export function openText(name: string, text: string): OpenedText {
  const size = Buffer.byteLength(text);
  checkSampleSize(size, name);
  const sample: Sample = { id: `pasted:${name}`, name, kind: 'text', origin: 'pasted', size };
  return { sample, isFolder: false, read: async () => ({ name, text, size }) };
}
