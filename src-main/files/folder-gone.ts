/** A plugin's folder that went away as a whole: nothing in it was deleted, so nothing is to be concluded from its absence. */
import { stat } from 'node:fs/promises';
import { StudioError } from '@shared/errors';
import { systemCodeOf } from './file-error';

export const folderGone = (folder: string) =>
  new StudioError(
    'workspace/folder-gone',
    `The folder ${folder} is gone. Put it back where it was: everything then goes on by itself. What is in force and what you typed is kept.`,
    { data: { folder } },
  );

/** @throws StudioError workspace/folder-gone */
export async function refuseIfGone(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    (error: unknown) => !['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? ''),
  );
  if (!isThere) throw folderGone(folder);
}
