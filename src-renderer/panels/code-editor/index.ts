export { CodeEditorPanel } from './code-editor-panel';
