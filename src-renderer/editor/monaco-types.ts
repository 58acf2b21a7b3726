/** Monaco's types by short names; nothing here fetches the editor itself. */
export type Monaco = typeof import('monaco-editor');
export type TextModel = import('monaco-editor').editor.ITextModel;
