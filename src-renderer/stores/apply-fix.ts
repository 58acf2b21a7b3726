/**
 * Applies a fix. Its edits count in the file as it was checked, so an open text with other changes is checked again
 * first and gets the fix that fits it; a file that nobody has open is read, changed and written.
 */
import type { Diagnostic, Fix } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import type { StudioClient } from '../client/studio-client';
import { applyEdits } from '../editor/minimal-edit';
import type { Problem } from './problems-model';
import type { Stores } from './stores';

/** @param refit gives the fix for a text that has changed since; undefined where it fits no more. */
export async function applyFix(
  client: Pick<StudioClient, 'workspace'>,
  { documents }: Pick<Stores, 'documents'>,
  folder: string,
  fix: Fix,
  refit: (text: string) => Promise<Fix | undefined>,
): Promise<void> {
  for (const file of new Set(fix.edits.map((edit) => edit.file))) {
    const open = documents.find(folder, file);
    const fitting = open?.dirty === true ? await refit(documents.text(open.uri) ?? '') : fix;
    if (fitting === undefined) throw outdated(file);
    const edits = fitting.edits.filter((edit) => edit.file === file);
    if (open !== undefined) {
      documents.edit(open.uri, edits);
      await documents.save(open.uri);
    } else {
      const { text, version } = await client.workspace.readFile({ folder, path: file });
      await client.workspace.writeFile({ folder, path: file, text: applyEdits(text, edits), expectedVersion: version });
    }
  }
}

/** The same problem in a later check of the text, whose fix then fits the text as it is now. */
export const sameProblem = (wanted: Pick<Diagnostic, 'code' | 'file' | 'pointer'>) => (other: Diagnostic) =>
  other.code === wanted.code && other.file === wanted.file && other.pointer === wanted.pointer;

/** Applies the fix of a problem. What a run met cannot be checked again without a run: save first. */
export const applyProblemFix = (
  client: Pick<StudioClient, 'workspace' | 'manifest'>,
  stores: Pick<Stores, 'documents'>,
  folder: string,
  diagnostic: Problem,
  fix: Fix,
): Promise<void> =>
  applyFix(client, stores, folder, fix, async (text) => {
    if (diagnostic.source === 'runtime') return undefined;
    const { diagnostics } = await client.manifest.check({ folder, text });
    return diagnostics.find(sameProblem(diagnostic))?.fixes?.find(({ title }) => title === fix.title);
  });

const outdated = (file: string) =>
  new StudioError(
    'problems/outdated-fix',
    `${file} has changed since it was checked. Save it, and the fix is offered again where it still applies.`,
  );
