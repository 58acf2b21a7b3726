/**
 * What is wrong with the opened plugins, for every place that shows it. While a text is not saved, what was said of
 * it as it stands takes the place of what is known of its file; with its saving or closing that ends.
 */
import type { Diagnostic } from '@shared/contracts';
import type { editor } from 'monaco-editor';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { findModel } from '../editor/models';
import { loadMonaco } from '../editor/monaco';
import type { Monaco } from '../editor/monaco-types';
import type { ConfigurationsStore } from './configurations';
import type { DocumentsStore, OpenDocument } from './documents';
import type { PluginsStore } from './plugins';
import { mergeProblems, type Problem, type ProblemsByFolder, type TextProblems } from './problems-model';

export interface ProblemsState {
  readonly problems: ProblemsByFolder;
}

export interface ProblemsStore extends StoreApi<ProblemsState> {
  /** What the host said of an open text as it stands. */
  checked(uri: string, diagnostics: readonly Diagnostic[]): void;
}

/** Of Monaco's markers those that nobody but the language service knows. */
const OWNERS = new Set(['typescript', 'javascript']);
const SEVERITY: Readonly<Record<number, Problem['severity']>> = { 8: 'error', 4: 'warning', 2: 'info' };

/** Hints are no problems: they are undefined here. */
function ofMarker(path: string, marker: editor.IMarker): Problem | undefined {
  const severity = SEVERITY[marker.severity];
  if (severity === undefined || !OWNERS.has(marker.owner)) return undefined;
  const code = typeof marker.code === 'object' ? marker.code.value : marker.code;
  return {
    source: 'typescript',
    file: path,
    severity,
    code: code === undefined ? 'typescript' : `typescript/${code}`,
    message: marker.message,
    range: {
      startLine: marker.startLineNumber,
      startColumn: marker.startColumn,
      endLine: marker.endLineNumber,
      endColumn: marker.endColumn,
    },
  };
}

export function createProblemsStore(
  plugins: Pick<PluginsStore, 'getState' | 'subscribe'>,
  documents: Pick<DocumentsStore, 'getState' | 'subscribe'>,
  configurations: Pick<ConfigurationsStore, 'getState' | 'subscribe'>,
  report: (error: unknown) => void,
): ProblemsStore {
  const checkedTexts = new Map<string, readonly Diagnostic[]>();
  let monaco: Monaco | undefined;
  const store = createStore<ProblemsState>(() => ({ problems: plugins.getState().diagnostics }));

  const textProblems = ({ uri, folder, path, dirty }: OpenDocument): TextProblems => {
    const checked = dirty ? checkedTexts.get(uri) : undefined;
    const resource = monaco === undefined ? undefined : findModel(monaco, uri)?.uri;
    const markers = resource === undefined ? [] : (monaco?.editor.getModelMarkers({ resource }) ?? []);
    return {
      folder,
      path,
      marked: markers.map((marker) => ofMarker(path, marker)).filter((problem) => problem !== undefined),
      ...(checked === undefined ? {} : { checked }),
    };
  };

  const judge = () => {
    const open = Object.values(documents.getState().documents);
    const refused = Object.entries(configurations.getState().configurations).map(
      ([folder, { state, refused: problems }]) => ({ folder, path: state.file.path, problems }),
    );
    store.setState({ problems: mergeProblems(plugins.getState().diagnostics, open.map(textProblems), refused) });
  };

  let following: Promise<void> | undefined;
  const followMarkers = async () => {
    monaco = await loadMonaco();
    monaco.editor.onDidChangeMarkers(judge);
    judge();
  };

  plugins.subscribe(({ diagnostics }, { diagnostics: before }) => diagnostics !== before && judge());
  configurations.subscribe(judge);
  documents.subscribe(({ documents: now }) => {
    for (const uri of checkedTexts.keys()) if (now[uri] === undefined) checkedTexts.delete(uri);
    judge();
    // The editor is here when the first text is.
    following ??= followMarkers();
    following.catch(report);
  });

  return {
    ...store,
    checked(uri, diagnostics) {
      checkedTexts.set(uri, diagnostics);
      judge();
    },
  };
}
