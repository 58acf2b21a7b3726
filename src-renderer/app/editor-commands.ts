/** The Edit menu: what the editor that had the focus last does. The keys are the editor's own; here they are only said. */
import type { Dispose } from '@shared/rpc';
import type { editor } from 'monaco-editor';
import type { Monaco } from '../editor/monaco-types';
import type { Stores } from '../stores/stores';

export const EDITOR_CATEGORY = 'Edit';

/** Title, key, the editor's own name for it, and the icon. */
const ACTIONS: readonly (readonly [id: string, title: string, key: string, action: string, icon: string])[] = [
  ['edit.undo', 'Undo', 'Ctrl+Z', 'undo', 'discard'],
  ['edit.redo', 'Redo', 'Ctrl+Y', 'redo', 'redo'],
  ['edit.find', 'Find', 'Ctrl+F', 'actions.find', 'search'],
  ['edit.replace', 'Replace', 'Ctrl+H', 'editor.action.startFindReplaceAction', 'replace'],
  ['edit.goToLine', 'Go to Line…', 'Ctrl+G', 'editor.action.gotoLine', 'arrow-small-right'],
  ['edit.goToSymbol', 'Go to Symbol…', 'Ctrl+Shift+O', 'editor.action.quickOutline', 'symbol-class'],
  ['edit.quickFix', 'Quick Fix…', 'Ctrl+.', 'editor.action.quickFix', 'lightbulb'],
  ['edit.rename', 'Rename Symbol', 'F2', 'editor.action.rename', 'rename'],
  ['edit.format', 'Format Document', 'Alt+Shift+F', 'editor.action.formatDocument', 'list-tree'],
  ['edit.comment', 'Toggle Line Comment', 'Ctrl+/', 'editor.action.commentLine', 'comment'],
];

export interface EditorCommands {
  /** Begins to follow which editor has the focus. */
  follow(monaco: Monaco): void;
  dispose(): void;
}

export function registerEditorCommands({ commands }: Stores): EditorCommands {
  let last: editor.ICodeEditor | undefined;
  const disposals: Dispose[] = [];
  let stopped = false;

  const follow = (monaco: Monaco) => {
    if (stopped) return;
    const watch = (created: editor.ICodeEditor) => {
      if (created.hasTextFocus()) last = created;
      created.onDidFocusEditorText(() => {
        last = created;
      });
      created.onDidDispose(() => {
        if (last === created) last = undefined;
      });
    };
    for (const created of monaco.editor.getEditors()) watch(created);
    const listener = monaco.editor.onDidCreateEditor(watch);
    disposals.push(() => listener.dispose());
  };

  for (const [id, title, key, action, icon] of ACTIONS) {
    disposals.push(
      commands.register({
        id,
        title,
        key,
        icon,
        category: EDITOR_CATEGORY,
        isEnabled: () => last !== undefined,
        run() {
          last?.focus();
          last?.trigger('menu', action, undefined);
        },
      }),
    );
  }
  return {
    follow,
    dispose() {
      stopped = true;
      for (const dispose of disposals) dispose();
    },
  };
}
