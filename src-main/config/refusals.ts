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

/** @param file the stored one, for those problems that are in it. */
export function invalid(problems: readonly ConfigProblem[], file = '') {
  const [first] = problems;
  const more = problems.length > 1 ? ` ${moreProblems(problems.length - 1)}` : '';
  return new StudioError('config/invalid', `The configuration is refused. ${said(first, file)}${more}`, {
    data: { problems: [...problems] },
  });
}

export const moreProblems = (count: number) =>
  count === 1 ? 'There is 1 more problem.' : `There are ${count} more problems.`;

function said(problem: ConfigProblem | undefined, file: string): string {
  const { layer, message = '', line, column } = problem ?? {};
  if (layer !== 'stored' || line === undefined || file === '') return message;
  return `${[file, line, column].filter((part) => part !== undefined).join(':')} ${message}`;
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
    return [
      { layer: 'stored', code: 'config/not-json', pointer: '', schemaPath: '', message, ...placeIn(text, error) },
    ];
  }
}

/** The engine names the offset, if at all, only in its sentence. */
function placeIn(text: string, error: unknown) {
  const [, offset = '0'] = /at position (\d+)/.exec(messageOf(error)) ?? [];
  const lines = text.slice(0, Number(offset)).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
