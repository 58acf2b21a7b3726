/** The tab of a file. When file and text part ways it says so above the text and does nothing until it is answered. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { CodeEditor, type EditorReveal } from '../../editor/code-editor';
import { showDiagnostics } from '../../editor/diagnostics';
import { documentUri, fileName } from '../../editor/document-uri';
import { languageOf } from '../../editor/language';
import { useMonaco } from '../../editor/monaco';
import { TextComparison } from '../../editor/text-comparison';
import { useClient, useStores } from '../../stores/context';
import { Skeleton } from '../../ui/skeleton';
import { CannotShow } from './cannot-show';
import styles from './code-editor-panel.module.css';
import { ConflictBanner } from './conflict-banner';

interface CodeEditorPanelProps {
  readonly folder: string;
  readonly path: string;
  readonly reveal?: EditorReveal | undefined;
  onClose(): void;
}

const NONE: readonly never[] = [];

export function CodeEditorPanel({ folder, path, reveal, onClose }: CodeEditorPanelProps) {
  const { documents } = useStores();
  const uri = documentUri(folder, path);
  const document = useStore(documents, (state) => state.documents[uri]);
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [comparing, setComparing] = useState(false);
  const { connection } = useClient();
  // What could not be opened while the host was away can be opened once it is back.
  useEffect(() => connection.onDidReconnect.on(() => setAttempt((count) => count + 1)), [connection]);
  useSources(folder, path);
  useDiagnosticMarks(folder, path, uri);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    let current = true;
    setFailure(undefined);
    documents.open(folder, path).catch((error: unknown) => current && setFailure(() => error));
    return () => {
      current = false;
    };
  }, [documents, folder, path, attempt]);

  if (failure !== undefined) {
    return (
      <CannotShow
        folder={folder}
        path={path}
        error={failure}
        onRetry={() => setAttempt(attempt + 1)}
        onClose={onClose}
      />
    );
  }
  if (document === undefined) return <Skeleton rows={12} label={`Opening ${fileName(path)}`} />;

  const { conflict } = document;
  const isComparing = comparing && conflict?.kind === 'changed';
  return (
    <div className={styles.panel}>
      {conflict !== undefined && (
        <ConflictBanner
          document={document}
          conflict={conflict}
          comparing={isComparing}
          onCompare={() => setComparing(!isComparing)}
          onClose={onClose}
        />
      )}
      <div className={styles.text}>
        {isComparing ? (
          <TextComparison label={`${path}: on disk and yours`} original={conflict.text} uri={uri} />
        ) : (
          <CodeEditor label={path} uri={uri} reveal={reveal} />
        )}
      </div>
    </div>
  );
}

/** Imports resolve among the plugin's sources, so they are brought in with the first of them. */
function useSources(folder: string, path: string) {
  const { sources, notices } = useStores();
  const hasImports = ['typescript', 'javascript'].includes(languageOf(path));
  useEffect(() => {
    if (hasImports) sources.follow(folder).catch(notices.report);
  }, [sources, notices, folder, hasImports]);
}

/** The marks are of the file on disk: while the text has changes of its own they only move along with it. */
function useDiagnosticMarks(folder: string, path: string, uri: string) {
  const { plugins, documents } = useStores();
  const monaco = useMonaco();
  const all = useStore(plugins, (state) => state.diagnostics[folder] ?? NONE);
  const isClean = useStore(documents, (state) => state.documents[uri]?.dirty === false);
  useEffect(() => {
    if (monaco === undefined || !isClean) return;
    showDiagnostics(
      monaco,
      uri,
      all.filter(({ file }) => file === path),
    );
  }, [monaco, uri, path, all, isClean]);
}
