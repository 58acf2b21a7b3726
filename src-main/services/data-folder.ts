/** Makes the data folder ready to be written into, or says which folder it is and what to do: nothing works without it. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { messageOf, StudioError } from '@shared/errors';
import { systemCodeOf } from '../files/file-error';

/** @param within folders of it that are made, too. @throws StudioError studio/data-folder */
export async function prepareDataFolder(dataFolder: string, within: readonly string[]): Promise<void> {
  try {
    for (const folder of [dataFolder, ...within]) {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    }
  } catch (error) {
    throw unusable(dataFolder, error);
  }
}

export function unusable(dataFolder: string, cause: unknown): StudioError {
  const why = REASONS[systemCodeOf(cause) ?? ''] ?? messageOf(cause);
  return new StudioError(
    'studio/data-folder',
    `The studio cannot write into its data folder ${dataFolder}: ${why}. Mend that, or name another folder in MCP_STUDIO_HOME.`,
    { data: { path: dataFolder }, cause },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EEXIST: 'a file is in its place',
  ENOTDIR: 'a file is in its place',
};
