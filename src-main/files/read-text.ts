/** Reads a file that a person edits: text in UTF-8 of bounded size, byte for byte, so that saving it changes nothing. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { StudioError } from '@shared/errors';
import { fileError } from './file-error';
import { versionOf, versionOfStream } from './version-of';

const DEFAULT_LIMIT_BYTES = 5 * 1024 * 1024;

/** A byte order mark stays in the text. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Opening a pipe would otherwise wait for its other end for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export const inWords = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / (1024 * 1024)).toFixed(1)} MB`;

/**
 * @throws StudioError workspace/not-found, workspace/not-a-file, workspace/no-permission, workspace/too-large,
 * workspace/not-text (a NUL, or not UTF-8).
 */
export async function readText(
  path: string,
  limitBytes = DEFAULT_LIMIT_BYTES,
): Promise<{ text: string; version: string }> {
  const bytes = await readBytes(path, limitBytes);
  if (bytes.includes(0)) throw notText(path, 'it contains NUL bytes');
  try {
    return { text: decoder.decode(bytes), version: versionOf(bytes) };
  } catch (cause) {
    throw notText(path, 'it is not valid UTF-8', cause);
  }
}

const notText = (path: string, why: string, cause?: unknown) =>
  new StudioError('workspace/not-text', `${path} is not text: ${why}.`, { data: { path }, cause });

/**
 * The version of a file of any size and kind of content.
 * @throws StudioError workspace/not-found, workspace/not-a-file, workspace/no-permission.
 */
export const readVersion = (path: string): Promise<string> =>
  withFile(path, (handle) => versionOfStream(handle.createReadStream({ autoClose: false })));

const readBytes = (path: string, limitBytes: number): Promise<Uint8Array> =>
  withFile(path, (handle, size) => {
    if (size > limitBytes) throw tooLarge(path, size, limitBytes);
    return readAtMost(handle, path, limitBytes);
  });

async function withFile<Result>(
  path: string,
  read: (handle: FileHandle, size: number) => Promise<Result>,
): Promise<Result> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, OPEN_FLAGS);
    const found = await handle.stat();
    if (!found.isFile()) {
      throw new StudioError('workspace/not-a-file', `${path} is not a file. Choose a file.`, { data: { path } });
    }
    return await read(handle, found.size);
  } catch (error) {
    throw fileError(error, path);
  } finally {
    await handle?.close();
  }
}

/** The size that the file system tells may be old or, as in /proc, no size at all: only reading shows it. */
async function readAtMost(handle: FileHandle, path: string, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of handle.createReadStream({ autoClose: false, end: limitBytes })) {
    chunks.push(chunk);
    total += chunk.length;
  }
  if (total > limitBytes) throw tooLarge(path, total, limitBytes);
  return Buffer.concat(chunks);
}

const tooLarge = (path: string, size: number, limitBytes: number) =>
  new StudioError(
    'workspace/too-large',
    `${path} has ${inWords(size)}; the studio opens up to ${inWords(limitBytes)}. Make it smaller, or open it with another program.`,
    {
      data: { path, size, limitBytes },
    },
  );
