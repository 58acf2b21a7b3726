/** Keeps tabs and open texts in step: a text lives as long as a tab shows it, and what is unsaved is asked for first. */
import { documentUri, fileName } from '../editor/document-uri';
import type { DocumentsStore, OpenDocument } from '../stores/documents';
import type { EditorTarget } from '../stores/workbench';
import { askToSave } from './save-question';

const documentOf = (documents: DocumentsStore, target: EditorTarget): OpenDocument | undefined =>
  target.kind === 'file' ? documents.find(target.folder, target.path) : undefined;

/** False keeps the tabs: the person cancelled, or a file could not be saved. */
export async function mayCloseDocuments(documents: DocumentsStore, targets: readonly EditorTarget[]): Promise<boolean> {
  const dirty = targets.map((target) => documentOf(documents, target)).filter((document) => document?.dirty === true);
  if (dirty.length === 0) return true;
  const answer = await askToSave(dirty.map((document) => fileName(document!.path)));
  if (answer !== 'save') return answer === 'discard';
  const saved = await Promise.all(dirty.map((document) => documents.save(document!.uri)));
  return saved.every(Boolean);
}

export function closeDocument(documents: DocumentsStore, target: EditorTarget): void {
  if (target.kind === 'file') documents.close(documentUri(target.folder, target.path));
}

/** @param onGone hears of texts that were closed from elsewhere, such as with their deleted file. */
export const followClosedDocuments = (documents: DocumentsStore, onGone: (gone: OpenDocument) => void) =>
  documents.subscribe(({ documents: now }, { documents: before }) => {
    for (const document of Object.values(before)) if (now[document.uri] === undefined) onGone(document);
  });
