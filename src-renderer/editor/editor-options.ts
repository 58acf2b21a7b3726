/** How every editor of the studio behaves. */
import type { editor } from 'monaco-editor';
import { fonts, sizes } from '../ui/tokens';

export const editorOptions: editor.IEditorOptions & editor.IGlobalEditorOptions = {
  automaticLayout: true,
  fontFamily: fonts.mono,
  fontSize: sizes.mono,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  glyphMargin: true,
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 8,
  folding: true,
  showFoldingControls: 'mouseover',
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  renderLineHighlight: 'none',
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  padding: { top: 6, bottom: 6 },
  stickyScroll: { enabled: false },
  fixedOverflowWidgets: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  bracketPairColorization: { enabled: false },
  guides: { indentation: false },
  links: false,
  tabSize: 2,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  'semanticHighlighting.enabled': false,
  wordBasedSuggestions: 'currentDocument',
};
