/** The errors that a plugin's operation ends with, other than a denial. What a plugin's class they become is the runner's. */
import { messageOf, StudioError } from '@shared/errors';
import { systemCodeOf } from '../files';

/** The plugin asked for something that cannot be. @param reason for programs, such as text-literal. */
export const invalid = (message: string, reason: string) =>
  new StudioError('capabilities/invalid', message, { data: { reason } });

export const tooLarge = (message: string) => new StudioError('capabilities/too-large', message);

export const timedOut = (what: string, timeoutMs: number) =>
  new StudioError('capabilities/timeout', `${what} took longer than ${timeoutMs / 1000} s, so it was given up.`, {
    data: { timeoutMs },
  });

/** @param reason for programs, such as ENOENT or ECONNREFUSED. */
export const failed = (message: string, reason: string, cause?: unknown) =>
  new StudioError('capabilities/failed', message, { data: { reason }, cause });

/** What Node adds to the system's own words: paths as the host works with them, not as the plugin named them. */
const ownWords = (error: unknown) =>
  messageOf(error)
    .replace(/, \w+ '.*$/s, '')
    .replace(/\.$/, '');

/** Whatever the system said, with what was being done. */
export function failedBecause(what: string, error: unknown): StudioError {
  if (error instanceof StudioError && error.code.startsWith('capabilities/')) return error;
  const origin = error instanceof StudioError && error.cause !== undefined ? error.cause : error;
  return failed(`${what}: ${ownWords(origin)}.`, systemCodeOf(origin) ?? 'UNKNOWN', error);
}

/** Something that is not to be had whatever the manifest says and the person grants. */
export const outOfReach = (message: string, reason: string) =>
  new StudioError('capabilities/denied', message, { data: { reason } });
