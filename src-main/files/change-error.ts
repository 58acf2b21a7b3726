/**
 * Turns what the file system refuses while something is made, moved or removed into a StudioError that says what to
 * do; what it refuses to every use of a file is in file-error.ts, and what neither knows passes through.
 */
import { StudioError } from '@shared/errors';
import { fileError, systemCodeOf } from './file-error';

const isThere = (path: string) => `${path} is there already. Choose another name, or remove it first.`;

const refusals: Record<string, readonly [code: string, sentence: (path: string) => string]> = {
  EEXIST: ['workspace/exists', isThere],
  EISDIR: ['workspace/exists', isThere],
  ENOTEMPTY: ['workspace/exists', (path) => `${path} is a folder that is not empty. Empty it first, then try again.`],
  ENAMETOOLONG: ['workspace/bad-name', (path) => `${path} is too long for this file system. Choose a shorter name.`],
  EINVAL: ['workspace/bad-name', (path) => `This file system does not take the name ${path}. Choose another one.`],
  ENOTDIR: ['workspace/not-a-folder', (path) => `A part of ${path} is a file, not a folder. Choose another place.`],
  EBUSY: ['workspace/busy', (path) => `${path} is in use by another program. Close it there, then try again.`],
  EXDEV: ['workspace/other-disk', (path) => `${path} is on another disk. Copy the file there, then remove it here.`],
};

/** @param path as the person knows it: it is part of the message. */
export function changeError(error: unknown, path: string): unknown {
  const refusal = refusals[systemCodeOf(error) ?? ''];
  return refusal === undefined
    ? fileError(error, path)
    : new StudioError(refusal[0], refusal[1](path), { data: { path }, cause: error });
}
