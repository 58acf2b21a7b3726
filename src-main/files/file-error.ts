/** Turns what the file system refuses into a StudioError that says what to do; what it does not know passes through. */
import { StudioError } from '@shared/errors';

const refusals: Record<string, readonly [code: string, sentence: (path: string) => string]> = {
  ENOENT: ['workspace/not-found', (path) => `${path} does not exist. It may have been moved or deleted.`],
  ENOTDIR: [
    'workspace/not-found',
    (path) => `${path} does not exist: a part of the path is a file, not a folder. Check the path.`,
  ],
  ENAMETOOLONG: [
    'workspace/not-found',
    (path) => `${path} does not exist: the name is too long for this file system. Choose a shorter one.`,
  ],
  ELOOP: ['workspace/outside', (path) => `${path} is a link that leads to itself. Replace it with a file.`],
  EACCES: ['workspace/no-permission', (path) => `${path} is not yours to use. Change its permissions, then try again.`],
  EPERM: ['workspace/no-permission', (path) => `${path} is not yours to use. Change its permissions, then try again.`],
  EROFS: ['workspace/no-permission', (path) => `${path} is on a read-only disk. Copy the folder to a writable one.`],
  EEXIST: ['workspace/exists', (path) => `${path} exists already. Choose another name, or remove it first.`],
  EISDIR: ['workspace/not-a-file', (path) => `${path} is a folder, not a file. Choose another name.`],
  ENOTEMPTY: ['workspace/not-a-file', (path) => `${path} is a folder, not a file. Choose another name.`],
  ENOSPC: ['workspace/disk-full', (path) => `There is no room to write ${path}. Free some space, then try again.`],
  EDQUOT: ['workspace/disk-full', (path) => `There is no room to write ${path}. Free some space, then try again.`],
};

export const systemCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** @param path as the person knows it: it is part of the message. */
export function fileError(error: unknown, path: string): unknown {
  const refusal = refusals[systemCodeOf(error) ?? ''];
  return refusal === undefined
    ? error
    : new StudioError(refusal[0], refusal[1](path), { data: { path }, cause: error });
}
