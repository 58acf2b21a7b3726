/** The plugin's own samples/: its files and folders at any depth, each of which can be run. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from '@shared/contracts';
import { describePath } from './opened-sample';

export const SAMPLES_FOLDER = 'samples';

/** Enough to choose from; what lies deeper is run as part of its folder. */
const MOST_LISTED = 1000;

export async function listSamplesFolder(folder: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  await listInto(samples, folder, SAMPLES_FOLDER);
  return samples;
}

async function listInto(samples: Sample[], folder: string, path: string): Promise<void> {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    // No samples/ is the usual case; a folder that may not be listed is told by running it.
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(error.code ?? '')) return [];
    throw error;
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (samples.length >= MOST_LISTED) return;
    if (entry.name === '.git' || !(entry.isFile() || entry.isDirectory())) continue;
    const id = `${path}/${entry.name}`;
    const sample = await describePath(join(folder, id), 'samples', id).catch(() => undefined);
    // It went away while the folder was listed.
    if (sample === undefined) continue;
    samples.push({ ...sample, name: id.slice(SAMPLES_FOLDER.length + 1) });
    if (entry.isDirectory()) await listInto(samples, folder, id);
  }
}
