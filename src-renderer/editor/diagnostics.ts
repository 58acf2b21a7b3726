/** The host's diagnostics as Monaco's markers and quick fixes. */
import type { Diagnostic } from '@shared/contracts';
import type { editor, IDisposable } from 'monaco-editor';
import { findModel } from './models';
import type { Monaco, TextModel } from './monaco-types';

const OWNER = 'studio';

const SEVERITY: Readonly<Record<Diagnostic['severity'], number>> = { error: 8, warning: 4, info: 2 };

export const fromDiagnostics = (diagnostics: readonly Diagnostic[]): editor.IMarkerData[] =>
  diagnostics.map(({ range, severity, message, code, source }) => ({
    startLineNumber: range.startLine,
    startColumn: range.startColumn,
    endLineNumber: range.endLine,
    endColumn: range.endColumn,
    severity: SEVERITY[severity],
    message,
    code,
    source,
  }));

const shown = new Map<string, readonly Diagnostic[]>();

/** Marks an open text; the text must be the one that was checked, or the marks stand in the wrong place. */
export function showDiagnostics(monaco: Monaco, uri: string, diagnostics: readonly Diagnostic[]): void {
  const model = findModel(monaco, uri);
  if (model === undefined) return;
  if (diagnostics.length === 0) shown.delete(model.uri.toString());
  else shown.set(model.uri.toString(), diagnostics);
  monaco.editor.setModelMarkers(model, OWNER, fromDiagnostics(diagnostics));
}

const touches = ({ range }: Diagnostic, other: { startLineNumber: number; endLineNumber: number }) =>
  range.startLine <= other.endLineNumber && range.endLine >= other.startLineNumber;

/**
 * Offers the fixes of the diagnostics as quick fixes. Only those that stay in the file; the Problems panel applies the
 * others.
 */
export function registerFixes(monaco: Monaco): IDisposable {
  return monaco.languages.registerCodeActionProvider('*', {
    provideCodeActions(model, range) {
      const diagnostics = (shown.get(model.uri.toString()) ?? []).filter((diagnostic) => touches(diagnostic, range));
      const actions = diagnostics.flatMap((diagnostic) =>
        (diagnostic.fixes ?? [])
          .filter(({ edits }) => edits.every(({ file }) => file === diagnostic.file))
          .map(({ title, edits }) => ({
            title,
            kind: 'quickfix',
            diagnostics: fromDiagnostics([diagnostic]),
            isPreferred: true,
            edit: { edits: edits.map((edit) => workspaceEdit(model, edit)) },
          })),
      );
      return { actions, dispose: () => undefined };
    },
  });
}

function workspaceEdit(model: TextModel, { offset, length, text }: { offset: number; length: number; text: string }) {
  const start = model.getPositionAt(offset);
  const end = model.getPositionAt(offset + length);
  const range = {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
  return { resource: model.uri, versionId: model.getVersionId(), textEdit: { range, text } };
}
