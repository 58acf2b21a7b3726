/**
 * Reads a sample as text. What is no text, or more of it than a plugin can be handed in one request, is refused with
 * the reason and a way on; nothing is ever cut off silently.
 */
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SampleContent } from '@shared/contracts';
import { StudioError } from '@shared/errors';

export const SAMPLE_LIMIT_BYTES = 10 * 1024 * 1024;

/** Throws runs/no-sample, runs/sample-unreadable, runs/sample-too-large and runs/sample-binary. */
export async function readSampleText(path: string, name = basename(path)): Promise<SampleContent> {
  const bytes = await readLimited(path, name).catch((error: unknown) => {
    throw error instanceof StudioError ? error : unreadable(path, name, error);
  });
  return { name, text: decodeSample(bytes, name), size: bytes.byteLength };
}

/** Throws runs/sample-binary. UTF-8 and UTF-16 with a mark; what is neither is taken byte by byte as Latin-1. */
export function decodeSample(bytes: Uint8Array, name: string): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  if (bytes.includes(0)) {
    throw refusal('runs/sample-binary', name, 'is binary: it holds NUL bytes', 'Choose a text file.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** Throws runs/sample-too-large. */
export function checkSampleSize(size: number, name: string): void {
  if (size <= SAMPLE_LIMIT_BYTES) return;
  throw refusal(
    'runs/sample-too-large',
    name,
    `has ${megabytes(size)} MB; a sample may have ${megabytes(SAMPLE_LIMIT_BYTES)} MB`,
    'Cut out the part that matters, or choose a folder of smaller files.',
    { size, limit: SAMPLE_LIMIT_BYTES },
  );
}

/** What is wrong without what to do about it: of one file among thousands nobody will do anything. */
export const refusalReason = ({ message, data }: StudioError): string =>
  typeof data.reason === 'string' ? `${data.reason}.` : message;

function refusal(code: string, name: string, problem: string, remedy: string, data: object = {}, cause?: unknown) {
  const reason = `${name} ${problem}`;
  return new StudioError(code, `${reason}. ${remedy}`, { data: { name, reason, ...data }, cause });
}

const megabytes = (size: number) => {
  const tenths = Math.ceil((size / 1024 / 1024) * 10) / 10;
  return tenths.toString();
};

async function readLimited(path: string, name: string): Promise<Uint8Array> {
  // Before opening: opening a pipe would wait for its writer.
  const found = await stat(path);
  if (!found.isFile()) {
    throw refusal('runs/sample-unreadable', name, 'is no ordinary file', 'Choose a text file or a folder.');
  }
  checkSampleSize(found.size, name);
  const file = await open(path, 'r');
  try {
    // One byte more than allowed tells a file that has grown, or that says it is empty as those in /proc do.
    const buffer = Buffer.allocUnsafe(Math.max(found.size, 4096) + 1);
    return await fill(file, buffer, name);
  } finally {
    await file.close();
  }
}

async function fill(file: Awaited<ReturnType<typeof open>>, start: Buffer, name: string): Promise<Uint8Array> {
  let buffer = start;
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.byteLength - length, null);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
    checkSampleSize(length, name);
    if (length === buffer.byteLength) {
      const larger = Buffer.allocUnsafe(buffer.byteLength * 2);
      buffer.copy(larger);
      buffer = larger;
    }
  }
}

function unreadable(path: string, name: string, cause: unknown): StudioError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new StudioError('runs/no-sample', `${path} is not there. Choose the sample again.`, {
      data: { path },
      cause,
    });
  }
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  const problem = `cannot be read: ${isForbidden ? 'you may not read it' : `the system says ${code}`}`;
  const remedy = isForbidden ? 'Change its permissions.' : 'Choose another one.';
  return refusal('runs/sample-unreadable', name, problem, remedy, { path, code }, cause);
}
