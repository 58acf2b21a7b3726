/**
 * The open texts. Monaco holds what is typed; this knows how each stands to its file: saved, changed, or in conflict.
 * What happens to one document happens in order, so that a save and the news of it never overtake one another. What is
 * not saved is also kept as a draft, from which the next window goes on.
 */
import type { FileChange } from '@shared/contracts';
import { isStudioError, StudioError } from '@shared/errors';
import { createEmitter, type Dispose } from '@shared/rpc';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';
import { documentUri, isWithin } from '../editor/document-uri';
import { languageOf, plainLanguageOf } from '../editor/language';
import type { OffsetEdit } from '../editor/minimal-edit';
import { editModel, ensureModel, modelText, replaceText, type UndoStep } from '../editor/models';
import { loadMonaco } from '../editor/monaco';
import type { TextModel } from '../editor/monaco-types';
import {
  basedOn,
  type DiskStep,
  expectedVersion,
  type OnDisk,
  type OpenDocument,
  stepForDisk,
} from './documents-model';
import type { Drafts, DraftTarget } from './drafts';
import { notSaved } from './not-saved';

export type { Conflict, OpenDocument } from './documents-model';

export interface DocumentsState {
  /** By uri. */
  readonly documents: Readonly<Record<string, OpenDocument>>;
}

export interface DocumentsStore extends StoreApi<DocumentsState> {
  /** Opens the text, or answers with the one that is open. Errors: those of workspace.readFile. */
  open(folder: string, path: string): Promise<OpenDocument>;
  find(folder: string, path: string): OpenDocument | undefined;
  /** Forgets the text with all that was not saved: ask first. */
  close(uri: string): void;
  /** Closes the texts of a plugin that is gone. What was not saved is there when they are opened again. */
  leave(folder: string): void;
  /** What the editor holds; undefined where the text is not open. */
  text(uri: string): string | undefined;
  /** One step of undo, or part of the one before until endStep. */
  edit(uri: string, edits: readonly OffsetEdit[], step?: UndoStep): void;
  endStep(uri: string): void;
  undo(uri: string): void;
  redo(uri: string): void;
  /** False where the file has changed on disk; the document then says so. */
  save(uri: string): Promise<boolean>;
  /** Saves what is dirty. False where one of them could not be saved. */
  saveAll(): Promise<boolean>;
  /** Answers a conflict: the editor's text becomes the file. */
  keepMine(uri: string): Promise<boolean>;
  /** Answers a conflict: the file's text becomes the editor's, undoable. */
  takeTheirs(uri: string): Promise<void>;
  /** After every change of an open text, with its uri. */
  onDidChangeText(listener: (uri: string) => void): Dispose;
}

/** What is known of a text beside what is shown of it. */
interface Held {
  readonly model: TextModel;
  savedVersionId: number;
  readonly stop: Dispose;
}

const targetOf = ({ folder, path }: OpenDocument): DraftTarget => ({ kind: 'file', folder, path });

export function createDocumentsStore(
  client: StudioClient,
  drafts: Drafts,
  report: (error: unknown) => void,
): DocumentsStore {
  const store = createStore<DocumentsState>(() => ({ documents: {} }));
  const held = new Map<string, Held>();
  const opening = new Map<string, Promise<OpenDocument>>();
  const turns = new Map<string, Promise<unknown>>();
  const didChangeText = createEmitter<string>(report);

  const get = (uri: string) => store.getState().documents[uri];

  const update = (uri: string, change: (document: OpenDocument) => OpenDocument) => {
    const document = get(uri);
    if (document === undefined) return;
    const next = change(document);
    if (next !== document) store.setState(({ documents }) => ({ documents: { ...documents, [uri]: next } }));
  };

  const draftOf = (uri: string) => {
    const document = get(uri);
    const entry = held.get(uri);
    if (document === undefined || entry === undefined || !document.dirty) return undefined;
    return { text: modelText(entry.model), version: document.version };
  };

  const keepDraft = (uri: string) => {
    const document = get(uri);
    if (document !== undefined) drafts.touch(targetOf(document), () => draftOf(uri));
  };

  const judgeDirty = (uri: string) => {
    const entry = held.get(uri);
    if (entry === undefined) return;
    const dirty = entry.model.getAlternativeVersionId() !== entry.savedVersionId;
    update(uri, (document) => (document.dirty === dirty ? document : { ...document, dirty }));
  };

  const markSaved = (uri: string, version: string, versionId?: number) => {
    const entry = held.get(uri);
    if (entry === undefined) return;
    entry.savedVersionId = versionId ?? entry.model.getAlternativeVersionId();
    update(uri, (document) => basedOn(document, version));
    judgeDirty(uri);
    keepDraft(uri);
  };

  /** One thing at a time for each document. */
  const inTurn = <Result>(uri: string, step: () => Promise<Result>): Promise<Result> => {
    const turn = (turns.get(uri) ?? Promise.resolve()).then(step, step);
    turns.set(uri, turn);
    return turn;
  };

  const readDisk = async (folder: string, path: string): Promise<OnDisk> => {
    try {
      return await client.workspace.readFile({ folder, path });
    } catch (error) {
      if (isStudioError(error, 'workspace/not-found')) return undefined;
      throw error;
    }
  };

  const apply = (uri: string, step: DiskStep) => {
    const entry = held.get(uri);
    if (entry === undefined || step.kind === 'nothing') return;
    if (step.kind === 'conflict') return update(uri, (document) => ({ ...document, conflict: step.conflict }));
    if (step.kind === 'calm') return update(uri, (document) => basedOn(document, document.version));
    if (step.kind === 'follow') replaceText(entry.model, step.text);
    markSaved(uri, step.version);
  };

  const compareWithDisk = (uri: string) =>
    inTurn(uri, async () => {
      const before = get(uri);
      if (before === undefined) return;
      const disk = await readDisk(before.folder, before.path);
      const document = get(uri);
      const entry = held.get(uri);
      if (document !== undefined && entry !== undefined) {
        apply(uri, stepForDisk(document, modelText(entry.model), disk));
      }
    });

  const write = (uri: string, answered: boolean) =>
    inTurn(uri, async () => {
      const document = get(uri);
      const entry = held.get(uri);
      if (document === undefined || entry === undefined) return true;
      const text = modelText(entry.model);
      const versionId = entry.model.getAlternativeVersionId();
      const { folder, path } = document;
      update(uri, (current) => ({ ...current, saving: true }));
      try {
        const { version } = await client.workspace.writeFile({
          folder,
          path,
          text,
          expectedVersion: expectedVersion(document, answered),
        });
        markSaved(uri, version, versionId);
        return true;
      } catch (error) {
        if (isStudioError(error, 'rpc/closed')) throw notSaved(path, error);
        if (!isStudioError(error, 'workspace/changed-on-disk') && !isStudioError(error, 'workspace/not-found'))
          throw error;
        apply(uri, stepForDisk(get(uri) ?? document, modelText(entry.model), await readDisk(folder, path)));
        return get(uri)?.conflict === undefined;
      } finally {
        update(uri, (current) => ({ ...current, saving: false }));
      }
    });

  /** The file as it is, or nothing where only a draft of it is left. */
  const readForOpening = async (folder: string, path: string, hasDraft: boolean): Promise<OnDisk> =>
    hasDraft ? readDisk(folder, path) : client.workspace.readFile({ folder, path });

  const openNow = async (uri: string, folder: string, path: string): Promise<OpenDocument> => {
    const draft = drafts.read({ kind: 'file', folder, path });
    const [monaco, disk] = await Promise.all([loadMonaco(), readForOpening(folder, path, draft !== undefined)]);
    const isSample = isWithin('samples', path);
    const model = ensureModel(monaco, uri, disk?.text ?? '', isSample ? plainLanguageOf(path) : languageOf(path));
    const listener = model.onDidChangeContent(() => {
      judgeDirty(uri);
      keepDraft(uri);
      didChangeText.emit(uri);
    });
    held.set(uri, { model, savedVersionId: model.getAlternativeVersionId(), stop: () => listener.dispose() });
    const version = draft?.version ?? disk?.version ?? '';
    const document: OpenDocument = { uri, folder, path, version, dirty: false, saving: false };
    store.setState(({ documents }) => ({ documents: { ...documents, [uri]: document } }));
    if (draft !== undefined) {
      replaceText(model, draft.text);
      apply(uri, stepForDisk(get(uri) ?? document, draft.text, disk));
    }
    return get(uri) ?? document;
  };

  const onDisk = (folder: string, changes: readonly FileChange[]) => {
    for (const document of Object.values(store.getState().documents)) {
      if (document.folder !== folder) continue;
      if (!changes.some(({ path }) => isWithin(path, document.path))) continue;
      compareWithDisk(document.uri).catch(report);
    }
  };

  const letGo = (uri: string) => {
    const entry = held.get(uri);
    if (entry === undefined) return;
    entry.stop();
    held.delete(uri);
    turns.delete(uri);
    store.setState(({ documents }) => {
      const { [uri]: _, ...others } = documents;
      return { documents: others };
    });
    entry.model.dispose();
  };

  client.workspace.on('didChangeFiles', ({ folder, changes }) => onDisk(folder, changes));
  client.connection.onDidReconnect.on(() => {
    for (const uri of held.keys()) compareWithDisk(uri).catch(report);
  });

  return {
    ...store,
    open(folder, path) {
      const uri = documentUri(folder, path);
      const open = get(uri);
      if (open !== undefined) return Promise.resolve(open);
      const pending = opening.get(uri) ?? openNow(uri, folder, path).finally(() => opening.delete(uri));
      opening.set(uri, pending);
      return pending;
    },
    find: (folder, path) => get(documentUri(folder, path)),
    close(uri) {
      const document = get(uri);
      letGo(uri);
      if (document !== undefined) drafts.drop(targetOf(document));
    },
    leave(folder) {
      drafts.flush();
      for (const document of Object.values(store.getState().documents)) {
        if (document.folder === folder) letGo(document.uri);
      }
    },
    text(uri) {
      const entry = held.get(uri);
      return entry === undefined ? undefined : modelText(entry.model);
    },
    edit(uri, edits, step) {
      const entry = held.get(uri);
      if (entry === undefined) throw new StudioError('documents/not-open', 'That text is not open. Open it first.');
      editModel(entry.model, edits, step);
    },
    endStep: (uri) => held.get(uri)?.model.pushStackElement(),
    undo: (uri) => void held.get(uri)?.model.undo(),
    redo: (uri) => void held.get(uri)?.model.redo(),
    save: (uri) => write(uri, false),
    async saveAll() {
      const dirty = Object.values(store.getState().documents).filter((document) => document.dirty);
      const saved = await Promise.all(dirty.map(({ uri }) => write(uri, false)));
      return saved.every(Boolean);
    },
    keepMine: (uri) => write(uri, true),
    takeTheirs: (uri) =>
      inTurn(uri, async () => {
        const document = get(uri);
        const entry = held.get(uri);
        if (document?.conflict?.kind !== 'changed' || entry === undefined) return;
        replaceText(entry.model, document.conflict.text);
        markSaved(uri, document.conflict.version);
      }),
    onDidChangeText: (listener) => didChangeText.on(listener),
  };
}
