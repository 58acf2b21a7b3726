/**
 * Keeps tabs and what is typed in them in step: a text lives as long as a tab shows it, and what is unsaved is asked
 * for first. A configuration's text is asked for with its last tab, too.
 */
import { documentUri, fileName } from '../editor/document-uri';
import type { OpenDocument } from '../stores/documents';
import type { Stores } from '../stores/stores';
import type { EditorTarget } from '../stores/workbench';
import { askToSave } from './save-question';

type TextStores = Pick<Stores, 'documents' | 'configurations'>;

interface Unsaved {
  readonly name: string;
  save(): Promise<boolean>;
}

function unsavedOf({ documents, configurations }: TextStores, target: EditorTarget): Unsaved | undefined {
  if (target.kind === 'configuration') {
    const { folder } = target;
    if (!configurations.isUnsaved(folder)) return undefined;
    const path = configurations.getState().configurations[folder]?.state.file.path ?? 'the configuration';
    return { name: path, save: () => configurations.save(folder) };
  }
  const document = target.kind === 'file' ? documents.find(target.folder, target.path) : undefined;
  if (document?.dirty !== true) return undefined;
  return { name: fileName(document.path), save: () => documents.save(document.uri) };
}

/** False keeps the tabs: the person cancelled, or something could not be saved. */
export async function mayCloseTexts(stores: TextStores, targets: readonly EditorTarget[]): Promise<boolean> {
  const unsaved = targets.map((target) => unsavedOf(stores, target)).filter((each) => each !== undefined);
  if (unsaved.length === 0) return true;
  const answer = await askToSave(unsaved.map(({ name }) => name));
  if (answer !== 'save') return answer === 'discard';
  const saved = await Promise.all(unsaved.map(({ save }) => save()));
  return saved.every(Boolean);
}

export function closeText({ documents, configurations }: TextStores, target: EditorTarget): void {
  if (target.kind === 'file') documents.close(documentUri(target.folder, target.path));
  if (target.kind === 'configuration') configurations.revert(target.folder);
}

export const hasUnsaved = ({ documents, configurations }: TextStores): boolean =>
  Object.values(documents.getState().documents).some(({ dirty }) => dirty) ||
  Object.keys(configurations.getState().configurations).some(configurations.isUnsaved);

/** @param onGone hears of texts that were closed from elsewhere, such as with their deleted file. */
export const followClosedDocuments = ({ documents }: TextStores, onGone: (gone: OpenDocument) => void) =>
  documents.subscribe(({ documents: now }, { documents: before }) => {
    for (const document of Object.values(before)) if (now[document.uri] === undefined) onGone(document);
  });

/** What is typed and not saved, to be taken out of a window that may not save it any more. */
export function unsavedTexts({ documents, configurations }: TextStores): { key: string; name: string; text: string }[] {
  const files = Object.values(documents.getState().documents).flatMap(({ uri, path, dirty }) =>
    dirty ? [{ key: uri, name: path, text: documents.text(uri) ?? '' }] : [],
  );
  const stored = Object.entries(configurations.getState().configurations).flatMap(([folder, { draft, state }]) =>
    draft === undefined ? [] : [{ key: folder, name: state.file.path, text: draft.text }],
  );
  return [...files, ...stored];
}
