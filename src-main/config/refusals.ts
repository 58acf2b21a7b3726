/** The ways in which a change of the configuration is refused, with what to do about it. */
import type { ConfigProblem } from '@shared/contracts';
import { isStudioError, messageOf, StudioError } from '@shared/errors';
import type { StoredFile } from './stored-file';

export const changedOnDisk = ({ path, text, version }: StoredFile) =>
  new StudioError(
    'workspace/changed-on-disk',
    `${path} has changed since it was read. Choose which of the two to keep.`,
    {
      data: { text, version },
    },
  );

export function invalid(problems: readonly ConfigProblem[]) {
  const [first] = problems;
  const more = problems.length > 1 ? ` There are ${problems.length - 1} more problems.` : '';
  return new StudioError('config/invalid', `The configuration is refused. ${first?.message ?? ''}${more}`, {
    data: { problems: [...problems] },
  });
}

export const notWatched = (folder: string, cause: unknown) =>
  new StudioError(
    'config/not-watched',
    `Changes of the configuration file in ${folder} are not noticed now: ${messageOf(isStudioError(cause) ? (cause.cause ?? cause) : cause)}. ` +
      'What is in force stays; the file is read before each run, and watching is tried again by itself.',
    { data: { folder }, cause },
  );

/** What is called .json must be JSON, whatever YAML would make of it. */
export function notJsonIn({ path, text }: StoredFile): ConfigProblem[] {
  if (!path.endsWith('.json')) return [];
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const message = `${path} must be JSON: ${messageOf(error)}.`;
    return [{ layer: 'stored', code: 'config/not-json', pointer: '', schemaPath: '', message, line: 1 }];
  }
}
