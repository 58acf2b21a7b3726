/**
 * Applies a fix. Its edits count in the file as it was checked, so an open text with other changes is checked again
 * first and gets the fix that fits it; a file that nobody has open is read, changed and written.
 */
import type { Diagnostic, Fix } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import type { StudioClient } from '../../client/studio-client';
import { applyEdits } from '../../editor/minimal-edit';
import type { Stores } from '../../stores/stores';
import { sameProblem } from './model';

export async function applyFix(
  client: StudioClient,
  { documents }: Pick<Stores, 'documents'>,
  folder: string,
  diagnostic: Diagnostic,
  fix: Fix,
): Promise<void> {
  for (const file of new Set(fix.edits.map((edit) => edit.file))) {
    const open = documents.find(folder, file);
    const fitting =
      open?.dirty === true ? await fixFor(client, folder, documents.text(open.uri) ?? '', diagnostic, fix) : fix;
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

async function fixFor(
  client: StudioClient,
  folder: string,
  text: string,
  diagnostic: Diagnostic,
  fix: Fix,
): Promise<Fix> {
  const { diagnostics } = await client.manifest.check({ folder, text });
  const found = diagnostics.find(sameProblem(diagnostic))?.fixes?.find(({ title }) => title === fix.title);
  if (found === undefined) {
    throw new StudioError(
      'problems/outdated-fix',
      `${diagnostic.file} has changed since it was checked. Save it, and the fix is offered again where it still applies.`,
    );
  }
  return found;
}
