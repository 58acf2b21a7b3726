/** Everything that Monaco needs to know before the first editor: workers, themes, languages, SDK types, schemas. */
import { loader } from '@monaco-editor/react';
import * as monaco from 'monaco-editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import CssWorker from 'monaco-editor/language/css/css.worker?worker';
import HtmlWorker from 'monaco-editor/language/html/html.worker?worker';
import JsonWorker from 'monaco-editor/language/json/json.worker?worker';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker?worker';
import { pageTheme } from '../ui/resolved-theme';
import { fetchSchemas, fetchSdkTypes } from './bundled-resources';
import { registerFixes } from './diagnostics';
import { editorTheme } from './editor-theme';
import type { Monaco } from './monaco-types';
import { registerPlainLanguages } from './plain-languages';
import { quietWhenLetGo } from './quiet-worker';

const WORKERS: Readonly<Record<string, new () => Worker>> = {
  css: CssWorker,
  scss: CssWorker,
  less: CssWorker,
  html: HtmlWorker,
  handlebars: HtmlWorker,
  json: JsonWorker,
  typescript: TypeScriptWorker,
  javascript: TypeScriptWorker,
};

export function setUpMonaco(): Monaco {
  self.MonacoEnvironment = { getWorker: (_, label) => quietWhenLetGo(new (WORKERS[label] ?? EditorWorker)()) };

  for (const name of ['dark', 'light'] as const) monaco.editor.defineTheme(`studio-${name}`, editorTheme(name));
  const follow = () => monaco.editor.setTheme(`studio-${pageTheme.getState().theme}`);
  pageTheme.subscribe(follow);
  follow();
  // Column widths are measured once; the bundled font may arrive after that.
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts());

  setUpTypeScript();
  setUpJson();
  registerPlainLanguages(monaco);
  registerFixes(monaco);
  // Else the library would fetch an editor of its own from another host, which the content policy forbids.
  loader.config({ monaco });
  return monaco;
}

function setUpTypeScript() {
  const { typescriptDefaults, javascriptDefaults, ScriptTarget, ModuleKind, ModuleResolutionKind } = monaco.typescript;
  for (const defaults of [typescriptDefaults, javascriptDefaults]) {
    defaults.setCompilerOptions({
      target: ScriptTarget.ESNext,
      module: ModuleKind.ESNext,
      moduleResolution: ModuleResolutionKind.NodeJs,
      // The rest of what a plugin finds in its sandbox is declared by the SDK.
      lib: ['es2023'],
      strict: defaults === typescriptDefaults,
      esModuleInterop: true,
      allowJs: true,
      allowNonTsExtensions: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      resolveJsonModule: true,
      skipLibCheck: true,
    });
    // Imports are resolved among the models, so all of them must reach the worker.
    defaults.setEagerModelSync(true);
    defaults.setDiagnosticsOptions({ onlyVisible: true });
  }
  void fetchSdkTypes().then((files) => typescriptDefaults.setExtraLibs(files));
}

function setUpJson() {
  const set = (schemas: { uri: string; fileMatch: string[]; schema: unknown }[]) =>
    monaco.json.jsonDefaults.setDiagnosticsOptions({
      validate: true,
      allowComments: false,
      enableSchemaRequest: false,
      // The host checks the manifest and says what to do; the schema here is for completion and hover.
      schemaValidation: 'ignore',
      schemas,
    });
  set([]);
  void fetchSchemas().then(set);
}
