/**
 * The texts that Monaco holds. Every change goes in as an edit, so that a text that followed the disk can be undone
 * like one that was typed.
 */
import { languageOf } from './language';
import { minimalEdit, type OffsetEdit } from './minimal-edit';
import type { Monaco, TextModel } from './monaco-types';

export const findModel = (monaco: Monaco, uri: string): TextModel | undefined =>
  monaco.editor.getModel(monaco.Uri.parse(uri)) ?? undefined;

/** The model of that address with that text; one that is there already is brought to it. */
export function ensureModel(monaco: Monaco, uri: string, text: string, language = languageOf(uri)): TextModel {
  const existing = findModel(monaco, uri);
  if (existing === undefined) return monaco.editor.createModel(text, language, monaco.Uri.parse(uri));
  replaceText(existing, text);
  return existing;
}

/** The text as it would be written, with its own line ends and its byte order mark. */
export const modelText = (model: TextModel): string => model.getValue(0, true);

/** `own`: a step of undo of its own. `joined`: part of the step before, as the letters of a word that is typed. */
export type UndoStep = 'own' | 'joined';

/** Offsets count in the text of modelText. */
export function editModel(model: TextModel, edits: readonly OffsetEdit[], step: UndoStep = 'own'): void {
  if (edits.length === 0) return;
  const mark = model.getValueLength(0, true) - model.getValueLength(0, false);
  if (step === 'own') model.pushStackElement();
  model.pushEditOperations(
    [],
    edits.map(({ offset, length, text }) => {
      const start = model.getPositionAt(offset - mark);
      const end = model.getPositionAt(offset - mark + length);
      return {
        range: {
          startLineNumber: start.lineNumber,
          startColumn: start.column,
          endLineNumber: end.lineNumber,
          endColumn: end.column,
        },
        text,
      };
    }),
    () => null,
  );
  if (step === 'own') model.pushStackElement();
}

export function replaceText(model: TextModel, text: string): void {
  const edit = minimalEdit(modelText(model), text);
  if (edit !== undefined) editModel(model, [edit]);
}

/** Checks the TypeScript that is on the screen again, after texts that it imports have come or changed. */
export function recheckTypeScript(monaco: Monaco): void {
  const { typescriptDefaults } = monaco.typescript;
  typescriptDefaults.setDiagnosticsOptions({ ...typescriptDefaults.getDiagnosticsOptions() });
}
