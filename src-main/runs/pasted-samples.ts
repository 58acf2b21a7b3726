/** Texts that a person pasted, kept as files so that a run can be repeated tomorrow. Pasting a name again replaces it. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from '@shared/contracts';
import { isStudioError, StudioError } from '@shared/errors';
import { writeAtomically } from '../files/write-atomically';
import { checkSampleSize } from './sample-text';

export const pastedId = (name: string) => `pasted:${name}`;

const SUFFIX = '.txt';
const LONGEST_FILE_NAME = 200;

/** The suffix keeps a name such as .. from meaning anything to the file system. */
export function pastedFile(folder: string, name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || /[\p{Cc}\p{Cs}]/u.test(trimmed)) {
    throw new StudioError('runs/bad-name', 'A pasted sample needs a name of ordinary characters, such as query.py.');
  }
  const file = `${encodeURIComponent(trimmed).replaceAll('*', '%2A')}${SUFFIX}`;
  if (file.length > LONGEST_FILE_NAME) {
    throw new StudioError('runs/bad-name', 'That name is too long for a sample. Choose a shorter one.');
  }
  return join(folder, file);
}

/** Undefined for a file that pasting never makes, such as one that somebody put there. */
function nameOf(folder: string, file: string): string | undefined {
  try {
    const name = decodeURIComponent(file.slice(0, -SUFFIX.length));
    return pastedFile(folder, name) === join(folder, file) ? name : undefined;
  } catch (error) {
    if (error instanceof URIError || isStudioError(error, 'runs/bad-name')) return undefined;
    throw error;
  }
}

export async function listPasted(folder: string): Promise<Sample[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const samples = files
    .filter((file) => file.endsWith(SUFFIX))
    .sort()
    .flatMap((file) => nameOf(folder, file) ?? [])
    .map((name) => describePasted(folder, name));
  return (await Promise.all(samples)).flatMap((sample) => sample ?? []);
}

/** Undefined where there is none of that name. */
export async function describePasted(folder: string, name: string): Promise<Sample | undefined> {
  const found = await stat(pastedFile(folder, name)).catch(() => undefined);
  if (found === undefined) return undefined;
  return { id: pastedId(name), name, kind: 'text', origin: 'pasted', size: found.size };
}

/** Throws runs/bad-name and runs/sample-too-large. */
export async function writePasted(folder: string, given: string, text: string): Promise<Sample> {
  const name = given.trim();
  const file = pastedFile(folder, name);
  const size = Buffer.byteLength(text);
  checkSampleSize(size, name);
  await mkdir(folder, { recursive: true });
  await writeAtomically(file, text);
  return { id: pastedId(name), name, kind: 'text', origin: 'pasted', size };
}

/** As it was pasted, whatever is in it: a person saw it as text. */
export const readPasted = (folder: string, name: string) => readFile(pastedFile(folder, name), 'utf8');

export const removePasted = (folder: string, name: string) => rm(pastedFile(folder, name), { force: true });
